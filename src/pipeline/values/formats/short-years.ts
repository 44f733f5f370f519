import { partsOf, withParts } from '../../../domain/specification/fields/named-formats.ts'
import type { ValueFormat } from '../../../domain/specification/fields/value-format.ts'
import { codecOf } from './codec-of.ts'

/** A year that is written with two digits, and the one for which it is taken. */
export type ShortYear = { written: string; year: number }

/** The two-digit years of these values, each once, from the earliest. */
export function shortYears(format: ValueFormat, values: readonly string[]): ShortYear[] {
  const { pivot } = partsOf(format)
  if (pivot === undefined) return []
  const { read } = codecOf(format, 'date')
  // Only a year of two digits is another one with another pivot.
  const otherwise = codecOf(withParts(format, { pivot: pivot + 100 }), 'date')
  const years = new Set<number>()
  for (const text of values) {
    const value = read(text)
    if (value !== undefined && value !== otherwise.read(text)) years.add(Number(value.slice(0, 4)))
  }
  return [...years]
    .toSorted((a, b) => a - b)
    .map((year) => ({ written: String(year % 100).padStart(2, '0'), year }))
}
