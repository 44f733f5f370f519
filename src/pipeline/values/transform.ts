import type { RE2JS } from 're2js'
import { compilePattern } from '../../domain/specification/fields/pattern.ts'
import type { Transform } from '../../domain/specification/fields/transforms.ts'
import { charactersOf } from './cast.ts'
import { remembered } from './remembered.ts'

type Change = (text: string) => string

/** Makes all transforms in their order; undefined if there are none. */
export function transformOf(transforms: Transform[]): Change | undefined {
  const [first, ...others] = transforms.map(changeOf)
  return first && others.reduce(chained, first)
}

/** One call for two changes: it runs on every value, where a loop over them takes as long as they do. */
function chained(first: Change, second: Change): Change {
  return (text) => second(first(text))
}

function changeOf(transform: Transform): Change {
  switch (transform.kind) {
    case 'trim':
      return (text) => text.trim()
    case 'collapse':
      return collapsed
    case 'upper':
      return upperIn(transform.locale)
    case 'lower':
      return lowerIn(transform.locale)
    case 'capitalise':
      return capitaliser(transform.locale)
    case 'replace': {
      const { from, to, pattern } = transform
      return pattern ? replacer(from, to) : (text) => text.replaceAll(from, () => to)
    }
    case 'pad':
      return padder(transform)
    case 'unicode':
      return (text) => text.normalize(transform.form)
    case 'split': {
      const { separator, part } = transform
      return part > 0
        ? (text) => partOf(text, separator, part - 1)
        : (text) => text.split(separator).at(part) ?? ''
    }
  }
}

/** @param part from 0. The parts behind it are not even looked for. */
function partOf(text: string, separator: string, part: number): string {
  let from = 0
  for (let at = 0; at < part; at++) {
    const found = text.indexOf(separator, from)
    if (found === -1) return ''
    from = found + separator.length
  }
  const end = text.indexOf(separator, from)
  return end === -1 ? text.slice(from) : text.slice(from, end)
}

/** Most texts have only spaces, whose runs are found faster without a regular expression. */
function collapsed(text: string): string {
  if (/[^\S ]/u.test(text)) return text.replace(/\s+/gu, ' ')
  let result = ''
  let from = 0
  for (let run = text.indexOf('  '); run !== -1; run = text.indexOf('  ', from)) {
    result += text.slice(from, run + 1)
    from = run + 2
    while (text[from] === ' ') from++
  }
  return from === 0 ? text : result + text.slice(from)
}

/** Without a locale, the engine's own functions are much faster. */
function upperIn(locale: string): Change {
  return locale === '' ? (text) => text.toUpperCase() : (text) => text.toLocaleUpperCase(locale)
}

function lowerIn(locale: string): Change {
  return locale === '' ? (text) => text.toLowerCase() : (text) => text.toLocaleLowerCase(locale)
}

/** A word goes on after an apostrophe: O'neill, d'artagnan. */
const WORD = /[\p{L}\p{M}\p{N}'’]+/gu

function capitaliser(locale: string): Change {
  const [upper, lower] = [upperIn(locale), lowerIn(locale)]
  return remembered((text) =>
    text.replace(WORD, (word) => {
      const [first = ''] = word
      return upper(first) + lower(word.slice(first.length))
    }),
  )
}

/** The length counts characters, not UTF-16 units. */
function padder({ length, side, with: filler }: Extract<Transform, { kind: 'pad' }>): Change {
  return (text) => {
    if (text.length >= length * 2) return text
    const missing = length - charactersOf(text)
    if (missing <= 0) return text
    const padding = filler.repeat(missing)
    return side === 'start' ? padding + text : text + padding
  }
}

/** Replaces every match; in the replacement, `$1` is a group and `$$` a dollar sign. */
function replacer(from: string, to: string): Change {
  const pattern = compilePattern(from)
  if (pattern === undefined) throw new Error('a pattern that was checked does not compile')
  const pieces = [...to.matchAll(/\$\$|\$(\d+)|[^$]+/g)].map(([whole, group]) =>
    group === undefined ? (whole === '$$' ? '$' : whole) : Number(group),
  )
  // The automaton that only tests is ten times as fast as the one that finds groups.
  return remembered((text) => (pattern.test(text) ? replaced(text, pattern, pieces) : text))
}

function replaced(text: string, pattern: RE2JS, pieces: (string | number)[]): string {
  const matcher = pattern.matcher(text)
  let result = ''
  let done = 0
  while (matcher.find()) {
    result += text.slice(done, matcher.start())
    for (const piece of pieces) {
      result += typeof piece === 'string' ? piece : (matcher.group(piece) ?? '')
    }
    done = matcher.end()
  }
  return result + text.slice(done)
}
