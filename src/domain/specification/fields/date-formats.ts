import { z } from 'zod'
import { parseDatePattern } from './date-pattern.ts'
import { storableText, withProblem } from './texts.ts'

export const DATE_ORDERS = ['dmy', 'mdy', 'ymd'] as const
export const DATE_SEPARATORS = ['/', '.', '-', ' '] as const
export const MONTHS = ['number', 'short', 'long'] as const
export const MONTH_LANGUAGES = ['en', 'es'] as const
export const YEARS = ['four', 'two'] as const
export const EPOCH_UNITS = ['seconds', 'milliseconds'] as const
export const EXCEL_EPOCHS = ['1900', '1904'] as const

/** The first of the hundred years that two digits can mean: 1950 is 1950 to 2049. */
const pivot = z.number().int().min(1000).max(9900).default(1950)

/** The names with which months are written; both languages are always read. */
const language = z.enum(MONTH_LANGUAGES).default('en')

/**
 * Dates whose parts come in a known order, as in 31/12/2026 or 31-dic-26 14:05. When it is read,
 * each separator will do, months are numbers or names, years have two or four digits, and a time
 * may follow; the other options say how it is written.
 */
const ordered = z.strictObject({
  kind: z.literal('date'),
  order: z.enum(DATE_ORDERS),
  separator: z.enum(DATE_SEPARATORS).default('/'),
  month: z.enum(MONTHS).default('number'),
  language,
  year: z.enum(YEARS).default('four'),
  pivot,
})

/** Dates exactly as in a pattern such as `dd/MM/yyyy HH:mm`. */
const patterned = z.strictObject({
  kind: z.literal('date_pattern'),
  pattern: storableText(100).refine(
    (text) => parseDatePattern(text) !== undefined,
    withProblem('no_date_pattern'),
  ),
  language,
  pivot,
})

/** Seconds or milliseconds since 1970-01-01T00:00:00Z. */
const epoch = z.strictObject({
  kind: z.literal('epoch'),
  unit: z.enum(EPOCH_UNITS).default('seconds'),
})

/** The serial numbers of spreadsheets: days since the end of 1899, or of 1903. */
const excelDate = z.strictObject({
  kind: z.literal('excel_date'),
  epoch: z.enum(EXCEL_EPOCHS).default('1900'),
})

export const dateFormats = [ordered, patterned, epoch, excelDate] as const
export type OrderedDate = z.infer<typeof ordered>
export type PatternedDate = z.infer<typeof patterned>
export type EpochDate = z.infer<typeof epoch>
export type ExcelDate = z.infer<typeof excelDate>
