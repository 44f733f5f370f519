import { NONE } from '../scan/field-reader.ts'
import type { Marks } from '../scan/scan-text.ts'

/** Finds the characters with a special meaning. */
export type Specials = {
  /** Length of the longest one, in characters. */
  longest: number
  lineEndFrom(text: string, at: number): number
  isLineEnd(text: string, at: number): boolean
  /** Index of the next special character outside quotes, and inside them. */
  nextOutside(text: string, at: number): number
  nextInside(text: string, at: number): number
  /**
   * Length of the mark that an escape before this index protects; 0 if the escape is literal text.
   */
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

/** At the same index, the longest match must win. */
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
