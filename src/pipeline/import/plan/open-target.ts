import type { Store, Target } from '../../../db/store.ts'
import type { Writes } from '../../../domain/records/record.ts'
import type { FieldOptions } from '../../../domain/specification/fields/field-options.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { ImportPlan } from './match-table.ts'

export type TargetOptions = {
  /** The database of the job, or the copy for a dry run. */
  store: Store
  jobId: number
  specification: ImportSpecification
  plan: ImportPlan
}

/** @throws UnusableError if the table does not support the specified operation */
export function openTarget({ store, jobId, specification, plan }: TargetOptions): Target {
  return store.openTarget({ jobId, ...writesOf(specification, plan) })
}

/**
 * Checks that the user of the database has the rights that the import takes.
 * @throws UnusableError
 */
export async function requireRights({
  store,
  specification,
  plan,
}: Omit<TargetOptions, 'jobId'>): Promise<void> {
  await store.requireRights(store.db, writesOf(specification, plan))
}

function writesOf(specification: ImportSpecification, plan: ImportPlan): Writes {
  const { table, mapping, key, secondKey, reader } = plan
  const { operation, doubles, duplicates } = specification
  return {
    table,
    fields: mapping.fields.map((field) => field.name),
    // In a typed source, NULL is explicit; a missing value gets the default of the column.
    options: reader.isTyped ? plan.options.map(withNull) : plan.options,
    key,
    secondKey,
    operation,
    doubles,
    duplicates,
  }
}

function withNull(options: FieldOptions): FieldOptions {
  return { ...options, emptyOverwrites: true }
}
