import type { Store, Trx } from '../../../db/store.ts'
import { within } from '../../../db/within.ts'
import { UnusableError } from '../../../domain/words/errors.ts'
import type { Message } from '../../../domain/words/messages.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { inferTable, type InferredTable } from './infer-table.ts'
import { hiddenWarning } from '../../hidden-warning.ts'
import { leftOutWarning } from './left-out.ts'
import { createTable, indexKeys } from './make-table.ts'
import { matchTable, requireTable, type ImportPlan } from './match-table.ts'
import { keptWarning, requireRights } from './open-target.ts'
import { tellSource } from '../opening/tell-source.ts'
import type { SourceProfile } from '../opening/source-profile.ts'
import type { RunPorts } from '../../ports.ts'
import { withoutRejectColumns } from '../../formats/reject-columns.ts'

const SAMPLE_RECORDS = 10_000

/**
 * The table to create, if it is missing. It is inferred before the transaction, because reading a
 * slow file must not block all writers.
 * @throws UnusableError if the file is empty
 */
export async function missingTable(
  store: Store,
  specification: ImportSpecification,
  opening: SourceProfile,
): Promise<InferredTable | undefined> {
  if (!specification.create) return undefined
  if ((await store.tables.describe(store.db, specification.table)) !== undefined) return undefined
  if (opening.header.length === 0) {
    throw new UnusableError({ problem: 'empty_file', path: opening.path })
  }
  const sample = await opening.sample(SAMPLE_RECORDS)
  const header = withoutRejectColumns(opening.header, specification, undefined)
  const { isTyped } = opening.reader
  const { stamps } = opening.memo
  const { typing } = store.tables
  return inferTable(header, sample, specification, { isTyped, typing, stamps })
}

export type Preparation = Pick<RunPorts, 'announceLongStatement'> & {
  opening: SourceProfile
  missing: InferredTable | undefined
}

/**
 * Prepares the first batch: creates the missing table, unless someone else did meanwhile, and a
 * missing index for a key.
 * @throws JobFailure if file and table do not match
 */
export async function planImport(
  outside: Store,
  trx: Trx,
  specification: ImportSpecification,
  { opening, missing, announceLongStatement }: Preparation,
): Promise<ImportPlan> {
  const store = within(outside, trx)
  const journal = [
    ...(specification.dryRun ? [DRY_RUN] : []),
    ...tellSource(opening, specification),
  ]
  const isMissing =
    missing !== undefined && (await store.tables.describe(store.db, missing.name)) === undefined
  if (isMissing) journal.push(await createTable(store, trx, missing), ...missing.reasons)
  const inferred = isMissing ? missing.inferred : []
  const plan = await matchTable(store, specification, { ...opening.memo, inferred })
  if (opening.header.length === 0) return { ...plan, journal }

  await requireRights({ store, specification, plan })
  journal.push(...hiddenWarning(plan.table, specification.table))
  if (specification.dryRun) journal.push(...(await keptWarning({ store, specification, plan })))
  const { fields, leftOut, omitted, computed } = plan.mapping
  const own = withoutRejectColumns(opening.header, specification, plan.table)
  const ofRejects = opening.header.slice(own.length)
  journal.push({
    code: 'TLY-1013',
    params: {
      mapped: fields.map((field) => field.name).join(', '),
      left_out: [...leftOut, ...omitted, ...ofRejects].join(', ') || '–',
    },
  })
  if (computed.length > 0) {
    journal.push({ code: 'TLY-1032', params: { columns: computed.join(', ') } })
  }
  if (ofRejects.length > 0) journal.push({ code: 'TLY-1033', params: {} })
  journal.push(...leftOutWarning(plan.mapping, specification))
  const target = { ...plan, called: specification.table }
  journal.push(...(await indexKeys(store, trx, target, announceLongStatement)))
  const { name, isView } = plan.table
  // From now on its rows can be verified: see `accountedTables`.
  const isKept = !isMissing && !isView && !specification.dryRun
  if (isKept && !(await store.tables.hasRows(store.db, name))) {
    journal.push({ code: 'TLY-1028', params: { table: specification.table } })
  }
  return { ...plan, table: await requireTable(store, specification), journal }
}

/** Shows that a created table is in a copy. */
const DRY_RUN: Message = { code: 'TLY-1016', params: {} }
