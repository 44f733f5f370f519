const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const BLANKS = /[ \t\r\n]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

/** The token that may come next: a value, a name, or what follows a value. */
type Expected = 'value' | 'first_value' | 'name' | 'first_name' | 'behind'

/**
 * Index of the first syntax error in a JSON text (RFC 8259); the length if it is truncated. The
 * built-in parser is faster, but does not report the position.
 */
export function jsonFault(text: string): number {
  return scanJson(text, () => {})
}

/** A name that an object of a JSON text has twice, of which the built-in parser takes the last. */
export type RepeatedName = { name: string; first: number; again: number }

/** The first name that one object has twice, with the indexes of both. */
export function repeatedName(text: string): RepeatedName | undefined {
  const open: Map<string, number>[] = []
  let found: RepeatedName | undefined
  scanJson(text, (name, { at, depth, isFirst }) => {
    if (isFirst) open[depth] = new Map()
    const first = open[depth]?.get(name)
    if (first === undefined) open[depth]?.set(name, at)
    else found ??= { name, first, again: at }
  })
  return found
}

type OnName = (name: string, place: { at: number; depth: number; isFirst: boolean }) => void

/** @returns the index of the first syntax error, or the length */
function scanJson(text: string, onName: OnName): number {
  const open: string[] = []
  let expected: Expected = 'value'
  let at = behind(BLANKS, text, 0)
  while (at < text.length) {
    const character = text.charAt(at)
    if (expected === 'behind') {
      const [closes, isObject] = [open.at(-1), open.at(-1) === '}']
      if (character === ',' && closes !== undefined) expected = isObject ? 'name' : 'value'
      else if (character === closes) open.pop()
      else return at
      at++
    } else if (character === open.at(-1) && expected.startsWith('first_')) {
      open.pop()
      expected = 'behind'
      at++
    } else if (expected === 'name' || expected === 'first_name') {
      const end = character === '"' ? stringFault(text, at) : { isEnd: false, at }
      if (!end.isEnd) return end.at
      const place = { at, depth: open.length, isFirst: expected === 'first_name' }
      onName(JSON.parse(text.slice(at, end.at)), place)
      at = behind(BLANKS, text, end.at)
      if (text[at] !== ':') return at
      at++
      expected = 'value'
    } else if (character === '{' || character === '[') {
      open.push(character === '{' ? '}' : ']')
      expected = character === '{' ? 'first_name' : 'first_value'
      at++
    } else {
      const end = character === '"' ? stringFault(text, at) : scalarFault(text, at)
      if (!end.isEnd) return end.at
      at = end.at
      expected = 'behind'
    }
    at = behind(BLANKS, text, at)
  }
  return text.length
}

type End = { isEnd: boolean; at: number }

function stringFault(text: string, from: number): End {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22) return { isEnd: true, at: at + 1 }
    if (code < 0x20) return { isEnd: false, at }
    if (code === 0x5c) {
      const end = behind(ESCAPE, text, at)
      if (end === at) return { isEnd: false, at }
      at = end - 1
    }
  }
  return { isEnd: false, at: text.length }
}

function scalarFault(text: string, at: number): End {
  const end = behind(SCALAR, text, at)
  return { isEnd: end > at, at: end }
}

function behind(what: RegExp, text: string, from: number): number {
  what.lastIndex = from
  const [found = ''] = what.exec(text) ?? []
  return from + found.length
}
