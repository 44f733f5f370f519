/** A member of an object, by indexes in its text. */
export type Member = {
  /** The name with its quotation marks; `nameTo` is exclusive. */
  nameFrom: number
  nameTo: number
  from: number
  to: number
}

/**
 * The members of an object, and whether it is complete; a damaged one has those before the damage.
 */
export type Members = { all: Member[]; isWhole: boolean }

const MARK = '"'
const SCALAR = /[^\s,}\]]*/y

/** Finds the members of the object in the text. It does not validate their values. */
export function membersOf(text: string): Members {
  const all: Member[] = []
  const whole = (isWhole: boolean): Members => ({ all, isWhole })
  let at = behindBlanks(text, 0)
  if (text[at] !== '{') return whole(false)
  at = behindBlanks(text, at + 1)
  if (text[at] === '}') return whole(true)
  for (;;) {
    const nameTo = text[at] === MARK ? stringEnd(text, at) : -1
    const colon = nameTo === -1 ? -1 : behindBlanks(text, nameTo)
    if (colon === -1 || text[colon] !== ':') return whole(false)
    const from = behindBlanks(text, colon + 1)
    const to = valueEnd(text, from)
    if (to === -1) return whole(false)
    all.push({ nameFrom: at, nameTo, from, to })

    const next = behindBlanks(text, to)
    if (text[next] !== ',') return whole(text[next] === '}')
    at = behindBlanks(text, next + 1)
  }
}

/** Decodes the string in a range that includes its quotation marks; undefined if it is invalid. */
export function stringAt(text: string, from: number, to: number): string | undefined {
  const inner = text.slice(from + 1, to - 1)
  if (!inner.includes('\\')) return inner
  try {
    const value: unknown = JSON.parse(text.slice(from, to))
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

const SCALAR_VALUE = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)$/

/**
 * A line with other values in some columns; all its other bytes stay. A value that was a text stays
 * one, and so does whatever is no JSON number, boolean or null. An empty one becomes null.
 */
export function rewriteObject(
  raw: Buffer,
  changes: ReadonlyMap<number, string>,
  header: readonly string[],
): Buffer {
  const line = raw.toString('utf8')
  const members = membersOf(line).all
  const names = members.map(({ nameFrom, nameTo }) => stringAt(line, nameFrom, nameTo))
  const pieces: string[] = []
  const added: string[] = []
  let at = 0
  const places = [...changes].map(([column, value]) => {
    const name = header[column] ?? ''
    return { name, value, member: members[names.indexOf(name)] }
  })
  for (const { name, value, member } of places.toSorted(
    (a, b) => (a.member?.from ?? Infinity) - (b.member?.from ?? Infinity),
  )) {
    if (member === undefined) {
      if (value !== '') added.push(`${JSON.stringify(name)}:${tokenOf(value, false)}`)
      continue
    }
    pieces.push(line.slice(at, member.from), tokenOf(value, line[member.from] === '"'))
    at = member.to
  }
  const rest = line.slice(at)
  if (added.length === 0) return Buffer.from(pieces.join('') + rest)
  const end = rest.lastIndexOf('}')
  const separator = members.length > 0 ? ',' : ''
  const tail = `${rest.slice(0, end)}${separator}${added.join(',')}${rest.slice(end)}`
  return Buffer.from(pieces.join('') + tail)
}

function tokenOf(value: string, wasText: boolean): string {
  if (value === '') return 'null'
  return !wasText && SCALAR_VALUE.test(value) ? value : JSON.stringify(value)
}

function behindBlanks(text: string, from: number): number {
  let at = from
  while (text.charCodeAt(at) <= 0x20) at++
  return at
}

function valueEnd(text: string, from: number): number {
  const first = text[from]
  if (first === MARK) return stringEnd(text, from)
  if (first === '{' || first === '[') return nestedEnd(text, from)
  SCALAR.lastIndex = from
  const [scalar = ''] = SCALAR.exec(text) ?? []
  return scalar === '' ? -1 : from + scalar.length
}

/** The index after the closing quotation mark; -1 if there is none. */
function stringEnd(text: string, from: number): number {
  let at = text.indexOf(MARK, from + 1)
  while (at !== -1 && isEscaped(text, at)) at = text.indexOf(MARK, at + 1)
  return at === -1 ? -1 : at + 1
}

/** An odd number of backslashes escapes the character. */
function isEscaped(text: string, at: number): boolean {
  let before = at - 1
  while (text[before] === '\\') before--
  return (at - before) % 2 === 0
}

/** The index after the matching bracket; -1 if there is none. */
function nestedEnd(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    const character = text[at]
    if (character === MARK) {
      const end = stringEnd(text, at)
      if (end === -1) return -1
      at = end - 1
    } else if (character === '{' || character === '[') depth++
    else if (character === '}' || character === ']') {
      depth--
      if (depth === 0) return at + 1
    }
  }
  return -1
}
