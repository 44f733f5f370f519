import type { DateLetters, DatePiece } from '../../../domain/specification/fields/date-pattern.ts'
import { digitsOf } from '../digits.ts'
import { dateText, textOfParts } from './date-parts.ts'

/** The parts that always have as many digits. */
const WIDTHS: Partial<Record<DateLetters, number>> = {
  yyyy: 4,
  MM: 2,
  dd: 2,
  HH: 2,
  mm: 2,
  ss: 2,
  SSS: 3,
}

type Place = { letters: DateLetters; from: number; to: number }
type Read = (text: string) => string | undefined

/**
 * Reads dates whose parts have fixed widths, without a regular expression; undefined if the pattern
 * has other parts.
 */
export function fixedReader(pieces: readonly DatePiece[]): Read | undefined {
  const literals: { text: string; at: number }[] = []
  const places: Place[] = []
  let length = 0
  for (const piece of pieces) {
    const from = length
    if ('text' in piece) {
      literals.push({ text: piece.text, at: from })
      length += piece.text.length
      continue
    }
    const width = WIDTHS[piece.letters]
    if (width === undefined) return undefined
    length += width
    places.push({ letters: piece.letters, from, to: length })
  }
  const placeOf = (letters: DateLetters) => places.find((one) => one.letters === letters)
  const [years, months, days] = [placeOf('yyyy'), placeOf('MM'), placeOf('dd')]
  const [hours, minutes, seconds] = [placeOf('HH'), placeOf('mm'), placeOf('ss')]
  const fractions = placeOf('SSS')

  return (text) => {
    if (text.length !== length) return undefined
    for (const literal of literals) if (!text.startsWith(literal.text, literal.at)) return undefined
    const [year, month, day] = [numberAt(text, years), numberAt(text, months), numberAt(text, days)]
    if (hours === undefined) return dateText(year, month, day)
    const [hour, minute] = [numberAt(text, hours), numberAt(text, minutes)]
    const [second, part] = [numberAt(text, seconds), numberAt(text, fractions)]
    if (Number.isNaN(hour + minute + second + part)) return undefined
    const fraction = fractions === undefined ? '' : text.slice(fractions.from, fractions.to)
    return textOfParts({ year, month, day, time: { hour, minute, second, fraction, zone: '' } })
  }
}

/** 0 for a part that the pattern does not have, NaN where there are no digits. */
function numberAt(text: string, place: Place | undefined): number {
  return place === undefined ? 0 : (digitsOf(text, place.from, place.to) ?? NaN)
}
