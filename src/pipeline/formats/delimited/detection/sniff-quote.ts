import { NO_CHARACTER } from '../../../../domain/specification/dialect-options.ts'
import { isNumberText } from '../../../values/numbers.ts'
import type { Dialect } from '../dialect/dialect.ts'
import { sampleRows, type SampleRow, type SampleText } from './sample-rows.ts'
import { asScanned } from '../scan/scan-text.ts'
import { damagedIn, haveOneWidth, scoreOf } from './score.ts'

const USUAL = '"'
export const BACKSLASH = '\\'
/** Looked for where no value stands in the usual ones. */
export const OTHER_QUOTES = ["'", '“', '„', '«', '‘'] as const
/** Of the records, so many must have values in them. */
const LEAST_SHARE = 0.8
/** So many values show that a mark is doubled in all of them. */
const LEAST_DOUBLED = 2

/** What values are quoted with: only what quotes nearly every record is taken for more than text. */
export function sniffQuote(sample: SampleText, dialect: Dialect): string {
  const usual = { ...dialect, quote: USUAL }
  const rows = sampleRows(sample, usual)
  if (dialect.delimiter === '\t' && misbehave(sample, dialect, rows)) return NO_CHARACTER
  if (rows.some(({ quoted }) => quoted > 0)) return USUAL
  return OTHER_QUOTES.find((quote) => quotesMost(sample, { ...dialect, quote }, rows)) ?? USUAL
}

/** What keeps quotes within values from ending them, where it is not the quote itself. */
export function sniffEscape(sample: SampleText, dialect: Dialect): string {
  const { quote, encoding } = dialect
  if (quote === NO_CHARACTER) return NO_CHARACTER
  const rows = sampleRows(sample, dialect)
  if (quote !== USUAL && doublesUsual(rows)) return USUAL
  const mark = asScanned(BACKSLASH + quote, encoding)
  if (mark === undefined || !sample.text.includes(mark)) return NO_CHARACTER
  const escaped = damagedIn(sampleRows(sample, { ...dialect, escape: BACKSLASH }))
  return escaped < damagedIn(rows) ? BACKSLASH : NO_CHARACTER
}

/**
 * A program that was told another quote may still escape with the usual one, and doubles that one
 * where it stands in a value: then none is ever alone.
 */
function doublesUsual(rows: SampleRow[]): boolean {
  const having = rows.flatMap(({ fields = [], isQuoted }) =>
    fields.filter((field, at) => isQuoted[at] === true && field.includes(USUAL)),
  )
  return (
    having.length >= LEAST_DOUBLED &&
    having.every((field) => !field.replaceAll('""', '').includes('"'))
  )
}

/**
 * Files with tabs know no quotes, and many programs write them so: a mark is one where it stands
 * around whole values. One that opens a value on one line and closes it on another is none, where
 * each of the lines is a record by itself.
 */
function misbehave(sample: SampleText, dialect: Dialect, rows: SampleRow[]): boolean {
  const plain = sampleRows(sample, { ...dialect, quote: NO_CHARACTER })
  const isLineByLine = haveOneWidth(plain) && (plain[0]?.fields?.length ?? 1) > 1
  const good = rows.filter(({ quoted, quotedLines }) =>
    isLineByLine ? quoted > quotedLines : quoted > 0,
  ).length
  const joined = isLineByLine ? rows.filter(({ quotedLines }) => quotedLines > 0).length : 0
  return damagedIn(rows) + joined > good
}

function quotesMost(sample: SampleText, dialect: Dialect, usual: SampleRow[]): boolean {
  const mark = asScanned(dialect.quote, dialect.encoding)
  if (mark === undefined || !sample.text.includes(mark)) return false
  const rows = sampleRows(sample, dialect)
  const quoted = rows.filter((row) => row.quoted > 0).length
  const isBetter = scoreOf(rows, dialect.delimiter) >= scoreOf(usual, dialect.delimiter)
  const isMost = rows.length > 1 && quoted >= rows.length * LEAST_SHARE
  return isMost && damagedIn(rows) === 0 && isBetter && quotesByColumn(rows, dialect)
}

/**
 * A program quotes all texts of a column or none, the name above it too; or it quotes what needs it.
 * Where somebody quotes words in a text, neither is so.
 */
function quotesByColumn(rows: SampleRow[], { delimiter }: Dialect): boolean {
  const isNeeded = rows.some(({ fields = [], isQuoted }) =>
    fields.some((field, at) => isQuoted[at] === true && field.includes(delimiter)),
  )
  const seen = new Map<number, boolean>()
  const isByColumn = rows.every(({ fields = [], isQuoted }) =>
    fields.every((field, at) => {
      const is = isQuoted[at] === true
      if (!is && (field === '' || isNumberText(field))) return true
      const before = seen.get(at) ?? is
      seen.set(at, before)
      return before === is
    }),
  )
  return isNeeded || (isByColumn && (rows[0]?.quoted ?? 0) > 0)
}
