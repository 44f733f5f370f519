import type { NumberFormat } from '../../../domain/specification/fields/value-format.ts'

/** A currency as a value has it. */
export type CurrencyMark = Required<Pick<NumberFormat, 'currency' | 'currencyPlace'>>

/** A sign such as €, £ or US$, or three letters. */
const MARK = String.raw`(\p{Lu}{0,2}\p{Sc}|\p{Lu}{3})`
const SIGNS = String.raw`[-+\u2212\s]*`
const BEFORE = new RegExp(`^${SIGNS}${MARK}${SIGNS}\\d`, 'u')
const AFTER = new RegExp(String.raw`\d${SIGNS}${MARK}${SIGNS}$`, 'u')
/** No amount is longer; this bounds the work on hostile texts. */
const LONGEST = 64

/** The codes of ISO 4217. */
const CODES = new Set(Intl.supportedValuesOf('currency'))

/** The currency of an amount; undefined where it has none that is known. */
export function currencyIn(text: string): CurrencyMark | undefined {
  if (text.length > LONGEST) return undefined
  const before = BEFORE.exec(text)?.[1]
  const currency = before ?? AFTER.exec(text)?.[1]
  if (currency === undefined) return undefined
  const isKnown = /\p{Sc}$/u.test(currency) || CODES.has(currency)
  if (!isKnown) return undefined
  return { currency, currencyPlace: before === undefined ? 'after' : 'before' }
}

/** The currency that most of the values have. */
export function currencyOf(values: readonly string[]): CurrencyMark | undefined {
  const counted = new Map<string, { mark: CurrencyMark; count: number }>()
  for (const text of values) {
    const mark = currencyIn(text.trim())
    if (mark === undefined) continue
    const key = `${mark.currency} ${mark.currencyPlace}`
    counted.set(key, { mark, count: (counted.get(key)?.count ?? 0) + 1 })
  }
  return [...counted.values()].toSorted((a, b) => b.count - a.count)[0]?.mark
}
