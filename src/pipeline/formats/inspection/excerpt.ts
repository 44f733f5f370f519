import type { Encoding } from '../../encodings/encoding-names.ts'
import type { Span } from './span.ts'
import { bytesOf, isBoundary, decode, type DecodedRun } from '../../encodings/decode.ts'

/** Of a longer stretch the beginning and the end are shown, so much of each. */
const SHOWN_UNITS = 300
const MAX_BYTES_OF_CHARACTER = 4

/** A stretch of a record's text; or how many bytes are left out between two. */
export type Segment = { pieces: DecodedRun[]; isMarked: boolean } | { leftOut: number }

/**
 * A record's text with places marked in it. The stretches together are the text, save what is said
 * to be left out of one that is long.
 * @param marks in their order, none across another; an empty one stays as a stretch without text
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
  return [read(from, head), { leftOut: bytesOf(tail - head, encoding) }, read(tail, to)]
}

/** Among bytes that are no text there may be none: then a character's length on is as good. */
export function boundaryFrom(units: string, at: number, encoding: Encoding): number {
  const last = Math.min(at + MAX_BYTES_OF_CHARACTER, units.length)
  let boundary = at
  while (boundary < last && !isBoundary(units, boundary, encoding)) boundary++
  return boundary
}
