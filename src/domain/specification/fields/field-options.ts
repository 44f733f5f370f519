import { z } from 'zod'
import { checks } from './checks.ts'
import { ERROR_POLICIES } from './error-policy.ts'
import { transforms } from './transforms.ts'
import { valueFormat } from './value-format.ts'
import { valueSource } from './value-source.ts'

/**
 * How a field of the target is filled. Its value goes through the parts from top to bottom: where it
 * comes from, transforms, format (then the type of the column), checks, and what the table has.
 */
export const fieldOptions = z.strictObject({
  /** null: the column of the source that is mapped to the field. */
  from: valueSource.nullable().default(null),
  transforms,
  format: valueFormat,
  checks,
  emptyOverwrites: z.boolean().default(false),
  onlyIfEmpty: z.boolean().default(false),
  onlyOnInsert: z.boolean().default(false),
  onError: z.enum(ERROR_POLICIES).default('reject'),
  /** Whether its values are masked wherever Tallyman itself stores them. */
  sensitive: z.boolean().default(false),
})
export type FieldOptions = z.infer<typeof fieldOptions>

export const DEFAULT_FIELD_OPTIONS: FieldOptions = fieldOptions.parse({})

/** How a column of an export is written. */
export const exportFieldOptions = z.strictObject({ format: valueFormat })
