import type { Store } from '../../../db/store.ts'
import type { Target } from '../../../db/target.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { ImportPlan } from './match-table.ts'

export type TargetOptions = {
  /** Where the rows go: the job's own database, or the copy in which a dry run is rehearsed. */
  store: Store
  jobId: number
  specification: ImportSpecification
  plan: ImportPlan
}

/** @throws UnusableError where the table does not let what the specification asks for */
export function openTarget({ store, jobId, specification, plan }: TargetOptions): Target {
  const { table, mapping, options, key, secondKey } = plan
  const { operation, doubles, duplicates } = specification
  const fields = mapping.fields.map((field) => field.name)
  return store.openTarget({
    jobId,
    table,
    fields,
    options,
    key,
    secondKey,
    operation,
    doubles,
    duplicates,
  })
}
