import { z } from 'zod'
import { withProblem } from '../../specification/fields/texts.ts'
import { InvalidInputError } from '../../words/errors.ts'

export const MISSING_COLUMNS = ['reject', 'empty'] as const
export const SURPLUS_COLUMNS = ['reject', 'ignore'] as const
export const LINE_ENDS = ['lf', 'crlf'] as const

const MAX_CHARACTERS = 20

/** The delimiter between two columns: up to 20 characters without line ends or double quotes. */
const separator = z
  .string()
  .refine(
    (text) =>
      text !== '' &&
      [...text].length <= MAX_CHARACTERS &&
      text.isWellFormed() &&
      !/["\r\n]/.test(text),
    withProblem('no_separator'),
  )

const oneCharacter = z
  .string()
  .refine(
    (text) => [...text].length === 1 && text.isWellFormed() && !/[\r\n]/.test(text),
    withProblem('not_one_character'),
  )

const recordEnd = z
  .string()
  .refine(
    (text) => text !== '' && [...text].length <= MAX_CHARACTERS && text.isWellFormed(),
    withProblem('no_record_end'),
  )

/** The character does not exist in the file. */
export const NO_CHARACTER = ''

/** The dialect of a source of delimited text. Options that are null are detected from the file. */
export const delimitedReading = {
  delimiter: separator.nullable().default(null),
  /** `NO_CHARACTER`: values are never quoted. */
  quote: z.literal(NO_CHARACTER).or(oneCharacter).nullable().default(null),
  /** The character that escapes a quote, a delimiter or a record end within a value. */
  escape: z.literal(NO_CHARACTER).or(oneCharacter).nullable().default(null),
  /** null: CR, LF or CRLF. */
  recordEnd: recordEnd.nullable().default(null),
  /** Lines that begin with it are comments; null: there are none. */
  comment: separator.nullable().default(null),
  /** Removes blanks around values. */
  trim: z.boolean().default(false),
  /** Treats several delimiters in a row as one. */
  mergeDelimiters: z.boolean().default(false),
  /** Whether quoted values may span lines. */
  multiline: z.boolean().default(true),
  missingColumns: z.enum(MISSING_COLUMNS).default('reject'),
  surplusColumns: z.enum(SURPLUS_COLUMNS).default('reject'),
}
const reading = z.object(delimitedReading)
export const USUAL_READING = reading.parse({})

/** The dialect of a result in delimited text. */
export const delimitedWriting = {
  delimiter: separator.default(','),
  /** Whether the file begins with a byte order mark. */
  bom: z.boolean().default(false),
  lineEnd: z.enum(LINE_ENDS).default('lf'),
  quoteAll: z.boolean().default(false),
  /** The text written for NULL; null: nothing is written. */
  nullText: z
    .string()
    .refine((text) => text.isWellFormed() && !/["\r\n]/.test(text), withProblem('no_null_text'))
    .nullable()
    .default(null),
  /** Puts an apostrophe before cells that a spreadsheet would run as a formula. */
  safeCells: z.boolean().default(false),
}
const writing = z.object(delimitedWriting)
export const USUAL_WRITING = writing.parse({})

/** The options that the name of a result asks for. */
export function writingOfName(file: string): { delimiter?: string } {
  return /\.(tsv|tab)(\.gz)?$/i.test(file) ? { delimiter: '\t' } : {}
}

/**
 * Each special character has one meaning only; but an escape equal to the quote means doubled
 * quotes.
 * @throws InvalidInputError
 */
export function requireDistinct(dialect: z.infer<typeof reading>): void {
  const { delimiter, quote, escape, comment, recordEnd: end } = dialect
  const marks = {
    delimiter,
    quote,
    escape: escape === quote ? null : escape,
    comment,
    recordEnd: end,
  }
  const seen = new Set<string>()
  for (const [part, text] of Object.entries(marks)) {
    if (text === null || text === NO_CHARACTER) continue
    if (seen.has(text)) {
      throw new InvalidInputError({ problem: 'same_character', text }, { at: [part] })
    }
    seen.add(text)
  }
}

/** @throws InvalidInputError where the text for NULL would be two cells */
export function requireOneCell({ nullText, delimiter }: z.infer<typeof writing>): void {
  if (nullText?.includes(delimiter) === true) {
    throw new InvalidInputError({ problem: 'no_null_text' }, { at: ['nullText'] })
  }
}
