import { valueFormat, type NumberFormat, type ValueFormat } from './value-format.ts'

/** The value formats that a form offers by name; all others are written in a specification. */
export const FORMAT_KEYS = [
  'dmy',
  'mdy',
  'ymd',
  'decimal_comma',
  'decimal_point',
  'percent',
  'percent_point',
  'yes_no',
  'excel_date',
  'epoch',
  'epoch_ms',
] as const
export type FormatKey = (typeof FORMAT_KEYS)[number]

const YES = ['sí', 'si', 's', 'yes', 'y', 'true', 'verdadero', 'v', '1', 'x']
const NO = ['no', 'n', 'false', 'falso', 'f', '0', '-']

const GIVEN: Record<FormatKey, unknown> = {
  dmy: { kind: 'date', order: 'dmy' },
  mdy: { kind: 'date', order: 'mdy' },
  ymd: { kind: 'date', order: 'ymd' },
  decimal_comma: { kind: 'number', decimal: ',', grouping: '.', currency: '€' },
  decimal_point: { kind: 'number', decimal: '.', grouping: ',', currency: '$' },
  percent: { kind: 'number', decimal: ',', grouping: '.', percent: true },
  percent_point: { kind: 'number', decimal: '.', grouping: ',', percent: true },
  yes_no: { kind: 'boolean', true: YES, false: NO },
  excel_date: { kind: 'excel_date' },
  epoch: { kind: 'epoch' },
  epoch_ms: { kind: 'epoch', unit: 'milliseconds' },
}

/** What a form asks besides the name: the first year that two digits can mean, and a currency. */
export type FormatParts = { pivot?: number } & Partial<
  Pick<NumberFormat, 'currency' | 'currencyPlace'>
>

export function namedFormat(key: FormatKey, parts: FormatParts = {}): ValueFormat {
  return withParts(parsed(key, GIVEN[key]), parts)
}

/** The parts of a format that a form asks for; none where it has no such parts. */
export function partsOf(format: ValueFormat): FormatParts {
  if (format.kind === 'date' || format.kind === 'date_pattern') return { pivot: format.pivot }
  if (format.kind !== 'number' || format.percent) return {}
  const { currency, currencyPlace } = format
  return { currency, currencyPlace }
}

/** The same format with other parts, as far as it has them. */
export function withParts<Format extends ValueFormat>(format: Format, parts: FormatParts): Format {
  const own = Object.keys(partsOf(format))
  return {
    ...format,
    ...Object.fromEntries(Object.entries(parts).filter(([name]) => own.includes(name))),
  }
}

/** The name of a format, whatever its parts; undefined for one that no form offers. */
export function formatKeyOf(format: ValueFormat): FormatKey | undefined {
  const text = JSON.stringify(format)
  const parts = partsOf(format)
  return FORMAT_KEYS.find((key) => JSON.stringify(namedFormat(key, parts)) === text)
}

export const WRITTEN_DATES = [
  'dmy',
  'dmy_dots',
  'mdy',
  'ymd',
  'dmy_two',
  'dmy_short_en',
  'dmy_short_es',
  'dmy_long_en',
  'dmy_long_es',
  'excel_date',
  'epoch',
  'epoch_ms',
] as const

/** The formats that a form offers for what an export writes: without other ways of reading. */
export const WRITTEN_KEYS = [
  ...WRITTEN_DATES,
  'plain_comma',
  'decimal_comma',
  'decimal_point',
  'currency_comma',
  'currency_point',
  'percent',
  'yes_no',
  'si_no',
] as const
export type WrittenKey = (typeof WRITTEN_KEYS)[number]

const DMY = { kind: 'date', order: 'dmy' }
const SHORT = { ...DMY, separator: '-', month: 'short' }
const LONG = { ...DMY, separator: ' ', month: 'long' }

const GIVEN_TO_WRITE: Record<WrittenKey, unknown> = {
  ...GIVEN,
  dmy_dots: { ...DMY, separator: '.' },
  dmy_two: { ...DMY, year: 'two' },
  dmy_short_en: SHORT,
  dmy_short_es: { ...SHORT, language: 'es' },
  dmy_long_en: LONG,
  dmy_long_es: { ...LONG, language: 'es' },
  currency_comma: GIVEN.decimal_comma,
  currency_point: {
    kind: 'number',
    decimal: '.',
    grouping: ',',
    currency: '$',
    currencyPlace: 'before',
  },
  plain_comma: { kind: 'number', decimal: ',' },
  decimal_comma: { kind: 'number', decimal: ',', grouping: '.' },
  decimal_point: { kind: 'number', decimal: '.', grouping: ',' },
  yes_no: { kind: 'boolean', true: ['yes'], false: ['no'] },
  si_no: { kind: 'boolean', true: ['sí'], false: ['no'] },
}

/** @param currency another sign than the usual one, for a format with a currency */
export function writtenFormat(key: WrittenKey, currency = ''): ValueFormat {
  const format = parsed(key, GIVEN_TO_WRITE[key])
  const isAmount = format.kind === 'number' && format.currency !== ''
  return isAmount && currency !== '' ? { ...format, currency } : format
}

/** The name of a format that an export writes; undefined for one that no form offers. */
export function writtenKeyOf(format: ValueFormat): WrittenKey | undefined {
  const text = JSON.stringify(format)
  const { currency } = partsOf(format)
  return WRITTEN_KEYS.find((key) => JSON.stringify(writtenFormat(key, currency)) === text)
}

function parsed(key: string, given: unknown): ValueFormat {
  const format = valueFormat.parse(given)
  if (format === null) throw new Error(`no format ${key}`)
  return format
}
