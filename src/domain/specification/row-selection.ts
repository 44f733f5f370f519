import { z } from 'zod'
import { CONDITION_GROUPS, filterOf, MOST_CONDITIONS } from './condition-groups.ts'
import { storableText, withProblem } from './fields/texts.ts'
import { name } from '../texts/names.ts'

/** How a field of a row is compared; the value is read as one of the field's type. */
export const ROW_OPERATORS = [
  'is',
  'is_not',
  'contains',
  'begins_with',
  'ends_with',
  'less',
  'at_most',
  'more',
  'at_least',
  'is_empty',
  'is_filled',
] as const
export type RowOperator = (typeof ROW_OPERATORS)[number]

export const DIRECTIONS = ['asc', 'desc'] as const

const MOST_ORDERS = 20

const condition = z
  .strictObject({
    kind: z.literal('condition'),
    field: name,
    operator: z.enum(ROW_OPERATORS),
    /** Not used by `is_empty` and `is_filled`. */
    value: storableText(1_000).default(''),
  })
  .refine(({ operator, value }) => value !== '' || !needsValue(operator), {
    ...withProblem('empty_part'),
    path: ['value'],
  })
export type RowCondition = z.infer<typeof condition>

const group = z.strictObject({
  kind: z.enum(CONDITION_GROUPS),
  get of() {
    return z.array(z.discriminatedUnion('kind', [condition, group])).max(MOST_CONDITIONS)
  },
})
export type RowGroup = z.infer<typeof group>

/** The fields that conditions compare. */
export function fieldsIn(filter: RowGroup | null): string[] {
  return (filter?.of ?? []).flatMap((part) =>
    part.kind === 'condition' ? [part.field] : fieldsIn(part),
  )
}

export function needsValue(operator: RowOperator): boolean {
  return operator !== 'is_empty' && operator !== 'is_filled'
}

const order = z.strictObject({ field: name, direction: z.enum(DIRECTIONS).default('asc') })

/** Which rows of a table an export writes, in which order, and what it calls their fields. */
export const rowSelection = {
  /** null: all rows. An empty group `all` takes every row, an empty group `any` none. */
  filter: filterOf(group),
  /** Empty: by the primary key. */
  order: z.array(order).max(MOST_ORDERS).default([]),
  /** The most rows that are written; null: all. */
  mostRows: z.number().int().min(1).nullable().default(null),
  /**
   * The field that says when a row changed, for only what changed since the last finished run of
   * the same template; null: whatever changed.
   */
  differential: name.nullable().default(null),
  /** Field → its name in the file. */
  names: z.record(z.string(), name).default({}),
}
