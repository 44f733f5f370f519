import type { OrderedDate } from './date-formats.ts'
import type { NumberFormat, ValueFormat } from './value-format.ts'

const DECEMBER = {
  en: { short: 'Dec', long: 'December' },
  es: { short: 'dic', long: 'diciembre' },
} as const

/** A value as the format writes it, such as 31.12.2026; a pattern stands for itself. */
export function formatSample(format: Exclude<ValueFormat, { kind: 'enumeration' }>): string {
  switch (format.kind) {
    case 'date':
      return dateSample(format)
    case 'date_pattern':
      return format.pattern
    case 'epoch':
      return format.unit === 'seconds' ? '1798675200' : '1798675200000'
    case 'excel_date':
      return format.epoch === '1900' ? '46387' : '44925'
    case 'number':
      return numberSample(format)
    case 'boolean':
      return `${format.true[0] ?? ''} / ${format.false[0] ?? ''}`
  }
}

function dateSample({ order, separator, month, language, year }: OrderedDate): string {
  const parts = {
    d: '31',
    m: month === 'number' ? '12' : DECEMBER[language][month],
    y: year === 'two' ? '26' : '2026',
  }
  return [...order]
    .map((part) => (part === 'd' ? parts.d : part === 'm' ? parts.m : parts.y))
    .join(separator)
}

function numberSample(format: NumberFormat): string {
  const { decimal, grouping, currency, currencyPlace, percent } = format
  const amount = percent ? `12${decimal}5%` : `1${grouping}234${decimal}5`
  if (currency === '') return amount
  return currencyPlace === 'before' ? `${currency}${amount}` : `${amount} ${currency}`
}
