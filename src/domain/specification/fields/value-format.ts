import { z } from 'zod'
import { dateFormats } from './date-formats.ts'
import { storableText, withProblem } from './texts.ts'

export const DECIMALS = ['.', ','] as const
/** An apostrophe is a Swiss grouping; a blank may also be one that does not break. */
export const GROUPINGS = ['', '.', ',', ' ', "'"] as const
export const CURRENCY_PLACES = ['before', 'after'] as const
/**
 * What becomes of a value that an enumeration does not list: it is kept, replaced by a fixed one,
 * left out with a warning, or its record is rejected.
 */
export const OTHERWISE = ['keep', 'fixed', 'warn', 'reject'] as const

const MOST_WORDS = 100
const MOST_VALUES = 10_000

/** Numbers as people write them, as in `-1.234,50 €`. */
const numberFormat = z
  .strictObject({
    kind: z.literal('number'),
    decimal: z.enum(DECIMALS).default('.'),
    /** What stands between groups of three digits; it may be missing when a number is read. */
    grouping: z.enum(GROUPINGS).default(''),
    /** A sign such as € or USD, which may be missing when a number is read; empty: none. */
    currency: storableText(10)
      .refine((text) => !/[\d.,+\-−%()]|^\s|\s$/.test(text), withProblem('no_currency'))
      .default(''),
    currencyPlace: z.enum(CURRENCY_PLACES).default('after'),
    /** Whether the numbers are percentages: 12.5% is 0.125. */
    percent: z.boolean().default(false),
  })
  .refine(({ decimal, grouping }) => decimal !== grouping, {
    ...withProblem('same_mark'),
    path: ['grouping'],
  })

const words = z
  .array(storableText(100).refine((word) => word.trim() !== '', withProblem('empty_part')))
  .min(1)
  .max(MOST_WORDS)

/** Booleans in words. Case does not matter when they are read; the first word is written. */
const booleanFormat = z
  .strictObject({ kind: z.literal('boolean'), true: words, false: words })
  .refine((format) => areApart(format.true, format.false), {
    ...withProblem('word_twice'),
    path: ['false'],
  })

/** A closed list of values: how the file writes each, and what the table has for it. */
const enumeration = z
  .strictObject({
    kind: z.literal('enumeration'),
    values: z
      .array(z.strictObject({ written: storableText(1_000), value: storableText(1_000) }))
      .max(MOST_VALUES),
    otherwise: z.enum(OTHERWISE).default('reject'),
    /** The value of `otherwise: fixed`; empty: none. */
    fixed: storableText(1_000).default(''),
  })
  .refine(({ values }) => new Set(values.map(({ written }) => written)).size === values.length, {
    ...withProblem('value_twice'),
    path: ['values'],
  })

/**
 * How a file writes the values of a field. An import reads it, an export writes it; null: as the
 * type of the column takes and gives them.
 */
export const valueFormat = z
  .discriminatedUnion('kind', [...dateFormats, numberFormat, booleanFormat, enumeration])
  .nullable()
  .default(null)

export type ValueFormat = NonNullable<z.infer<typeof valueFormat>>
export type NumberFormat = z.infer<typeof numberFormat>
export type BooleanFormat = z.infer<typeof booleanFormat>
export type Enumeration = z.infer<typeof enumeration>

/** The form in which words of booleans are compared. */
export function foldWord(word: string): string {
  return word.trim().toLowerCase()
}

function areApart(some: string[], others: string[]): boolean {
  const folded = new Set(some.map(foldWord))
  return !others.some((word) => folded.has(foldWord(word)))
}
