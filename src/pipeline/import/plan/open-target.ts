import type { Store } from '../../../db/store.ts'
import type { Target } from '../../../db/target.ts'
import type {
  FieldOptions,
  ImportSpecification,
} from '../../../domain/specification/specification.ts'
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
  const { table, mapping, key, secondKey, reader } = plan
  const { operation, doubles, duplicates } = specification
  const fields = mapping.fields.map((field) => field.name)
  return store.openTarget({
    jobId,
    table,
    fields,
    // A source that knows NULL means it; what it does not name gets the column's default.
    options: reader.isTyped ? plan.options.map(withNull) : plan.options,
    key,
    secondKey,
    operation,
    doubles,
    duplicates,
  })
}

function withNull(options: FieldOptions): FieldOptions {
  return { ...options, emptyOverwrites: true }
}
