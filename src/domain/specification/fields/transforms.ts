import { z } from 'zod'
import { compilePattern, patternText } from './pattern.ts'
import { storableText, withProblem } from './texts.ts'

export const PAD_SIDES = ['start', 'end'] as const
export const UNICODE_FORMS = ['NFC', 'NFD', 'NFKC', 'NFKD'] as const

export const MOST_TRANSFORMS = 20
const LONGEST_PAD = 1_000
const MOST_PARTS = 1_000

/** A BCP 47 tag such as `es` or `tr`; empty: the rules that most languages share. */
const locale = z.string().max(35).refine(isLocale, withProblem('no_locale')).default('')

/** A change to the text of a value. An empty value stays empty through all of them. */
const transform = z.discriminatedUnion('kind', [
  /** Removes white space around the value. */
  z.strictObject({ kind: z.literal('trim') }),
  /** Makes each run of white space one blank. */
  z.strictObject({ kind: z.literal('collapse') }),
  z.strictObject({ kind: z.literal('upper'), locale }),
  z.strictObject({ kind: z.literal('lower'), locale }),
  /** Makes the first letter of each word upper case and the others lower case. */
  z.strictObject({ kind: z.literal('capitalise'), locale }),
  z
    .strictObject({
      kind: z.literal('replace'),
      from: storableText(1_000).min(1),
      /** With a pattern, `$1` is its first group and `$$` a dollar sign. */
      to: storableText(1_000).default(''),
      /** Whether `from` is a regular expression. */
      pattern: z.boolean().default(false),
    })
    .refine(({ from, pattern }) => !pattern || patternText.safeParse(from).success, {
      ...withProblem('no_pattern'),
      path: ['from'],
    })
    .refine(({ from, to, pattern }) => !pattern || hasItsGroups(from, to), {
      ...withProblem('no_group'),
      path: ['to'],
    }),
  z.strictObject({
    kind: z.literal('pad'),
    length: z.number().int().min(1).max(LONGEST_PAD),
    side: z.enum(PAD_SIDES).default('start'),
    with: storableText(2)
      .refine((text) => [...text].length === 1, withProblem('not_one_character'))
      .default(' '),
  }),
  z.strictObject({ kind: z.literal('unicode'), form: z.enum(UNICODE_FORMS).default('NFC') }),
  z.strictObject({
    kind: z.literal('split'),
    separator: storableText(100).min(1),
    /** 1 is the first part, -1 the last; a part that is not there is empty. */
    part: z
      .number()
      .int()
      .min(-MOST_PARTS)
      .max(MOST_PARTS)
      .refine((part) => part !== 0, withProblem('no_part')),
  }),
])

export type Transform = z.infer<typeof transform>

/** In the order in which they are made. */
export const transforms = z.array(transform).max(MOST_TRANSFORMS).default([])

function isLocale(text: string): boolean {
  if (text === '') return true
  try {
    return Intl.getCanonicalLocales(text).length === 1
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** Whether the pattern has all groups that the replacement names. */
function hasItsGroups(from: string, to: string): boolean {
  const count = compilePattern(from)?.groupCount() ?? Infinity
  return [...to.matchAll(/\$\$|\$(\d+)?/g)].every(
    ([whole, number]) => whole === '$$' || (number !== undefined && Number(number) <= count),
  )
}
