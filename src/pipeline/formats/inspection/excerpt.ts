import type { Encoding } from '../../encodings/encoding-names.ts'
import type { Span } from './span.ts'
import { encodedBytesOf, isBoundary, decode, type DecodedRun } from '../../encodings/decode.ts'

/** Number of units shown from the start and from the end of a longer segment. */
const SHOWN_UNITS = 300
const MAX_BYTES_OF_CHARACTER = 4

/** A segment of a record's text, or the number of bytes left out between two. */
export type Segment = { pieces: DecodedRun[]; isMarked: boolean } | { leftOut: number }

/**
 * Splits the text of a record at the marks. The segments together are the text, except what is left
 * out of a long one.
 * @param marks sorted and without overlap; an empty one becomes a segment without text
 */
export function excerpt(units: string, marks: Span[], encoding: Encoding): Segment[] {
  const stretches: Segment[] = []
  let at = 0
  for (const mark of marks) {
    if (mark.from > at) stretches.push(...shorten(units, { from: at, to: mark.from }, encoding))
    stretches.push(
      ...shorten(units, mark, encoding).map((stretch) =>
        'pieces' in stretch ? { ...stretch, isMarked: true } : stretch,
      ),
    )
    at = mark.to
  }
  if (at < units.length) stretches.push(...shorten(units, { from: at, to: units.length }, encoding))
  return stretches
}

function shorten(units: string, { from, to }: Span, encoding: Encoding): Segment[] {
  const read = (start: number, end: number) => ({
    pieces: decode(units.slice(start, end), encoding),
    isMarked: false,
  })
  if (to - from <= 2 * SHOWN_UNITS) return [read(from, to)]
  const head = boundaryFrom(units, from + SHOWN_UNITS, encoding)
  const tail = boundaryFrom(units, to - SHOWN_UNITS, encoding)
  return [read(from, head), { leftOut: encodedBytesOf(tail - head, encoding) }, read(tail, to)]
}

/**
 * The next character boundary. Invalid bytes may have none: then at most the length of a character
 * is skipped.
 */
export function boundaryFrom(units: string, at: number, encoding: Encoding): number {
  const last = Math.min(at + MAX_BYTES_OF_CHARACTER, units.length)
  let boundary = at
  while (boundary < last && !isBoundary(units, boundary, encoding)) boundary++
  return boundary
}
