import type { Store, Target } from '../../../db/store.ts'
import type { Writes } from '../../../domain/records/record.ts'
import type { FieldOptions } from '../../../domain/specification/fields/field-options.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { Message } from '../../../domain/words/messages.ts'
import type { ImportPlan } from './match-table.ts'

export type TargetOptions = {
  /** The database of the job, or the copy for a dry run. */
  store: Store
  jobId: number
  specification: ImportSpecification
  plan: ImportPlan
  wantsFound?: Writes['wantsFound'] | undefined
}

/** @throws UnusableError if the table does not support the specified operation */
export function openTarget(options: TargetOptions): Target {
  const { store, jobId, specification, plan, wantsFound } = options
  return store.openTarget({
    jobId,
    ...writesOf(specification, plan),
    ...(wantsFound === undefined ? {} : { wantsFound }),
  })
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

/** What a dry run tells of what it can't undo, where there is something. */
export async function keptWarning({
  store,
  specification,
  plan,
}: Omit<TargetOptions, 'jobId'>): Promise<Message[]> {
  const kept = await store.keptChanges(store.db, writesOf(specification, plan))
  const { sequences, triggers } = kept
  if (sequences.length + triggers.length === 0) return []
  const named = (names: string[]) => names.join(', ') || '–'
  const params = { sequences: named(sequences), triggers: named(triggers) }
  return [{ code: 'TLY-1036', params }]
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
