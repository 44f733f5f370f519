import { NO_CHARACTER } from '../../../../domain/formats/delimited/delimited-options.ts'
import { isNumberText } from '../../../values/numbers.ts'
import { quotePair, type Dialect } from '../dialect/dialect.ts'
import { sampleRows, type SampleRow, type SampleText } from './sample-rows.ts'
import { asScanned } from '../scan/scan-text.ts'
import { damagedIn, haveOneWidth, scoreOf } from './score.ts'

const USUAL = '"'
export const BACKSLASH = '\\'
/** Tried only if no value has double quotes. */
export const OTHER_QUOTES = ["'", '“', '„', '«', '‘'] as const
/** Minimum share of records with quoted values. */
const LEAST_SHARE = 0.8
/** Minimum number of values that show a doubled quote. */
const LEAST_DOUBLED = 2

/** Sniffs the quote: a mark other than the double quote must quote nearly every record. */
export function sniffQuote(sample: SampleText, dialect: Dialect): string {
  const usual = { ...dialect, quote: USUAL }
  const rows = sampleRows(sample, usual)
  if (dialect.delimiter === '\t' && misbehave(sample, dialect, rows)) return NO_CHARACTER
  if (rows.some(({ quoted }) => quoted > 0)) return USUAL
  return OTHER_QUOTES.find((quote) => quotesMost(sample, { ...dialect, quote }, rows)) ?? USUAL
}

/** Sniffs the escape for quotes within values, unless quotes are doubled. */
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
 * A program set to another quote may still escape with the double quote and double it within
 * values: then it never occurs alone.
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
 * TSV often has no quoting, so a double quote counts only around whole values. It does not count if
 * it opens on one line and closes on another, and each of the lines is a record by itself.
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
  const { open, close } = quotePair(dialect)
  const [mark, other] = [open, close].map((one) => asScanned(one, dialect.encoding))
  if (mark === undefined || other === undefined || !sample.text.includes(mark)) return false
  const rows = sampleRows(sample, dialect)
  const quoted = rows.filter((row) => row.quoted > 0).length
  const isBetter = scoreOf(rows, dialect.delimiter) >= scoreOf(usual, dialect.delimiter)
  const isMost = rows.length > 1 && quoted >= rows.length * LEAST_SHARE
  return isMost && damagedIn(rows) === 0 && isBetter && quotesByColumn(rows, dialect)
}

/**
 * A program quotes all texts of a column or none, with its name, or only values that need it.
 * Neither is true for quoted words in a text.
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
