import { z } from 'zod'
import { name } from '../../texts/names.ts'
import type { MessageCode } from '../../words/messages.ts'
import { ERROR_POLICIES } from './error-policy.ts'
import { patternText } from './pattern.ts'
import { tableName } from './table-name.ts'
import { storableText, withProblem } from './texts.ts'

const MOST_CHECKS = 20
const MOST_VALUES = 10_000

/** What becomes of a record that does not pass. */
const policy = z.enum(ERROR_POLICIES).default('reject')
const bound = storableText(100).min(1).nullable().default(null)

/**
 * A rule for the value of a field, besides those of its table. All but `required` pass empty
 * values.
 */
const check = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('required'), policy }),
  /** The whole value matches a regular expression. */
  z.strictObject({ kind: z.literal('pattern'), pattern: patternText, policy }),
  /**
   * Bounds, which are values themselves, as the file writes them or as the table has them; null:
   * none. They are compared as the type of the field orders its values.
   */
  z
    .strictObject({ kind: z.literal('range'), least: bound, most: bound, policy })
    .refine(({ least, most }) => least !== null || most !== null, withProblem('no_bound')),
  /** The value is one of these, which are given as bounds are. */
  z.strictObject({
    kind: z.literal('one_of'),
    values: z.array(storableText(1_000).min(1)).min(1).max(MOST_VALUES),
    policy,
  }),
  /**
   * The value exists in a column of another table. Of the target itself that would depend on how
   * many records are written at once.
   */
  z.strictObject({ kind: z.literal('exists'), table: tableName, column: name, policy }),
])

export type FieldCheck = z.infer<typeof check>

/** What is told of values that do not pass; of `range`, below it and above it. */
export const CHECK_CODES: Record<FieldCheck['kind'], readonly MessageCode[]> = {
  required: ['TLY-3030'],
  pattern: ['TLY-3031'],
  range: ['TLY-3032', 'TLY-3033'],
  one_of: ['TLY-3034'],
  exists: ['TLY-3035'],
}

export const checks = z.array(check).max(MOST_CHECKS).default([])
