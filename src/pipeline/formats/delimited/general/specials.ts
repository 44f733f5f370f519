import { NONE } from '../scan/field-reader.ts'
import type { Marks } from '../scan/scan-text.ts'

/** Finds what is more than a character of a value. */
export type Specials = {
  /** Characters of the longest. */
  longest: number
  lineEndFrom(text: string, at: number): number
  isLineEnd(text: string, at: number): boolean
  /** The next one that means something outside of quotes, and within them. */
  nextOutside(text: string, at: number): number
  nextInside(text: string, at: number): number
  /** How many characters an escape before this place keeps from meaning anything; 0: it is a value's. */
  escapedAt(text: string, at: number): number
}

export function specialsOf(marks: Marks): Specials {
  const { delimiter, open, close, escape, multiline, recordEnd } = marks
  const lineEnds = recordEnd === null ? ['\r\n', '\r', '\n'] : [recordEnd]
  const lineEnd = finder(lineEnds)
  const outside = finder([delimiter, marks.isApostrophe ? '' : open, escape, ...lineEnds])
  const inside = finder([close, escape, ...(multiline ? [] : lineEnds)])
  const escapable = [escape, delimiter, open, close, ...lineEnds].filter((one) => one !== '')
  return {
    longest: Math.max(...escapable.map((one) => one.length)),
    lineEndFrom: lineEnd,
    isLineEnd: (text, at) => lineEnds.some((one) => text.startsWith(one, at)),
    nextOutside: outside,
    nextInside: inside,
    escapedAt: (text, at) => escapable.find((one) => text.startsWith(one, at))?.length ?? 0,
  }
}

/** Of two that begin at the same place the longer one is found. */
function finder(texts: string[]): (text: string, at: number) => number {
  const found = [...new Set(texts)].filter((text) => text !== '')
  const pattern = new RegExp(found.map(escaped).join('|'), 'g')
  return (text, at) => {
    pattern.lastIndex = at
    return pattern.exec(text)?.index ?? NONE
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
