import { z } from 'zod'
import type { SpecificationProblem } from './specification-problems.ts'

export const MISSING_COLUMNS = ['reject', 'empty'] as const
export const SURPLUS_COLUMNS = ['reject', 'ignore'] as const
export const LINE_ENDS = ['lf', 'crlf'] as const

const says = (problem: SpecificationProblem) => ({ message: problem })

const MOST_CHARACTERS = 20

/** What stands between two columns: a few characters on one line. */
export const separator = z
  .string()
  .refine(
    (text) =>
      text !== '' &&
      [...text].length <= MOST_CHARACTERS &&
      text.isWellFormed() &&
      !/["\r\n]/.test(text),
    says('no_separator'),
  )

const oneCharacter = z
  .string()
  .refine(
    (text) => [...text].length === 1 && text.isWellFormed() && !/[\r\n]/.test(text),
    says('not_one_character'),
  )

const recordEnd = z
  .string()
  .refine(
    (text) => text !== '' && [...text].length <= MOST_CHARACTERS && text.isWellFormed(),
    says('no_record_end'),
  )

/** Nothing: the character does not exist in the file. */
export const NONE_GIVEN = ''

/** How a file to be read is written. What is null is found out from the file. */
export const readingOptions = {
  delimiter: separator.nullable().default(null),
  /** `NONE_GIVEN`: values are never quoted. */
  quote: z.literal(NONE_GIVEN).or(oneCharacter).nullable().default(null),
  /** What stands before a quote, a delimiter or a record end that is part of a value. */
  escape: z.literal(NONE_GIVEN).or(oneCharacter).nullable().default(null),
  /** null: CR, LF, or both together. */
  recordEnd: recordEnd.nullable().default(null),
  /** Lines that begin with it are no records; null: there are none. */
  comment: separator.nullable().default(null),
  /** Blanks around a value are no part of it. */
  trim: z.boolean().default(false),
  /** Delimiters one behind the other are one. */
  mergeDelimiters: z.boolean().default(false),
  /** Whether a value in quotes may go over several lines. */
  multiline: z.boolean().default(true),
  missingColumns: z.enum(MISSING_COLUMNS).default('reject'),
  surplusColumns: z.enum(SURPLUS_COLUMNS).default('reject'),
  encoding: z.string().nullable().default(null),
}

/** How a file that is made shall be written. */
export const writingOptions = {
  delimiter: separator.default(','),
  encoding: z.string().default('utf-8'),
  /** Whether it begins with a byte order mark. */
  bom: z.boolean().default(false),
  lineEnd: z.enum(LINE_ENDS).default('lf'),
  quoteAll: z.boolean().default(false),
  /** What stands where there is nothing; null: nothing does. */
  nullText: z
    .string()
    .refine((text) => text.isWellFormed() && !/["\r\n]/.test(text), says('no_null_text'))
    .nullable()
    .default(null),
  /** An apostrophe goes before what a spreadsheet would run as a formula. */
  safeCells: z.boolean().default(false),
}
