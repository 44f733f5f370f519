import { z } from 'zod'
import { CONDITION_GROUPS, filterOf, MOST_CONDITIONS } from './condition-groups.ts'
import { compilePattern } from './fields/pattern.ts'
import { storableText, withProblem } from './fields/texts.ts'
import { name } from '../texts/names.ts'

/**
 * How a value of a source column is compared: as the field that the column fills reads it, where
 * that has numbers or dates. Otherwise the order of two numbers is that of numbers, else that of
 * texts.
 */
export const FILTER_OPERATORS = [
  'is',
  'is_not',
  'contains',
  'begins_with',
  'ends_with',
  'matches',
  'less',
  'at_most',
  'more',
  'at_least',
  'is_empty',
  'is_filled',
] as const

export type FilterOperator = (typeof FILTER_OPERATORS)[number]

const condition = z
  .strictObject({
    kind: z.literal('condition'),
    /** A source column, by name or `#` and number. */
    column: name,
    operator: z.enum(FILTER_OPERATORS),
    /** Not used by `is_empty` and `is_filled`. */
    value: storableText(1_000).default(''),
  })
  .refine(({ operator, value }) => operator !== 'matches' || isPattern(value), {
    ...withProblem('no_pattern'),
    path: ['value'],
  })

export type FilterCondition = z.infer<typeof condition>

const group = z.strictObject({
  kind: z.enum(CONDITION_GROUPS),
  get of() {
    return z.array(z.discriminatedUnion('kind', [condition, group])).max(MOST_CONDITIONS)
  },
})
export type FilterGroup = z.infer<typeof group>

function isPattern(text: string): boolean {
  return text !== '' && compilePattern(text) !== undefined
}

/** Which records of the source the job takes; all others count as ignored. */
export const recordOptions = {
  /** null: all. An empty group `all` takes every record, an empty group `any` none. */
  filter: filterOf(group),
  /** The number of the first record that is taken; those before it count as ignored. */
  firstRecord: z.number().int().min(1).default(1),
  /** The number of the last record that is read; null: all are. */
  lastRecord: z.number().int().min(1).nullable().default(null),
}
