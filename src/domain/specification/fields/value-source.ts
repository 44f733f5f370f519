import { z } from 'zod'
import { parseTemplate } from './template.ts'
import { storableText, withProblem } from './texts.ts'

/**
 * Values that the job knows: its number, the name of the file, the line and number of the record,
 * the time at which the job first began, and who started it.
 */
export const STAMPS = ['job', 'file', 'line', 'record', 'time', 'operator'] as const

export type Stamp = (typeof STAMPS)[number]

const LONGEST_TEXT = 10_000
const LONGEST_SOURCE = 20_000

/** Where the value of a field comes from, if not from the column mapped to it. */
export const valueSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), text: storableText(LONGEST_TEXT) }),
  z.strictObject({
    kind: z.literal('template'),
    /** Names of source columns in braces, as in `{first} {last}`; doubled braces are braces. */
    text: storableText(LONGEST_TEXT)
      .min(1)
      .refine((text) => parseTemplate(text) !== undefined, withProblem('no_template')),
  }),
  z.strictObject({ kind: z.literal('stamp'), of: z.enum(STAMPS) }),
  /** A JavaScript expression over `record`, an object with the values of the source columns. */
  z.strictObject({
    kind: z.literal('expression'),
    source: storableText(LONGEST_SOURCE).refine(
      (source) => source.trim() !== '',
      withProblem('empty_part'),
    ),
  }),
])
export type ValueSource = z.infer<typeof valueSource>
