import { firstInvalid } from '../../encodings/decode.ts'
import type { Encoding } from '../../encodings/encoding-names.ts'
import type { Span } from './span.ts'

/** Maximum length of a marked run of invalid bytes. */
const MAX_INVALID_UNITS = 16

/** The first span of invalid text; undefined if all is valid. */
export function invalidSpan(units: string, encoding: Encoding): Span | undefined {
  const from = firstInvalid(units, encoding)
  if (from === units.length) return undefined
  let to = from + 1
  const last = Math.min(from + MAX_INVALID_UNITS, units.length)
  while (to < last && firstInvalid(units.slice(to, to + 4), encoding) === 0) to++
  return { from, to }
}

export function spanAt(index: number): Span | undefined {
  return index === -1 ? undefined : { from: index, to: index + 1 }
}
