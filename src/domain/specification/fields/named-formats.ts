import { valueFormat, type ValueFormat } from './value-format.ts'

/** The value formats that a form offers by name; all others are written in a specification. */
export const FORMAT_KEYS = [
  'dmy',
  'mdy',
  'ymd',
  'decimal_comma',
  'decimal_point',
  'percent',
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
  yes_no: { kind: 'boolean', true: YES, false: NO },
  excel_date: { kind: 'excel_date' },
  epoch: { kind: 'epoch' },
  epoch_ms: { kind: 'epoch', unit: 'milliseconds' },
}

export function namedFormat(key: FormatKey): ValueFormat {
  const format = valueFormat.parse(GIVEN[key])
  if (format === null) throw new Error(`no format ${key}`)
  return format
}

/** The name of a format; undefined for one that no form offers. */
export function formatKeyOf(format: ValueFormat): FormatKey | undefined {
  const text = JSON.stringify(format)
  return FORMAT_KEYS.find((key) => JSON.stringify(namedFormat(key)) === text)
}
