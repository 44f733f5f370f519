import type { NewTable, Store, Trx } from '../../../db/store.ts'
import { within } from '../../../db/within.ts'
import type { Counters } from '../../../domain/jobs/counters.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { missingTable } from './import-plan.ts'
import type { ResumeState } from '../opening/resume-state.ts'
import { replanImport, type ImportPlan } from './match-table.ts'
import { createTable, indexKeys } from './make-table.ts'
import { requireRights } from './open-target.ts'
import type { ImportSource } from '../opening/import-source.ts'
import type { RunPorts } from '../../ports.ts'

/**
 * The table that an earlier run created and that was removed when the job failed without rows: the
 * resumed job creates it again. A table with rows must still exist. Undefined if nothing is to be
 * created.
 */
export async function removedTable(
  store: Store,
  source: ImportSource,
  { specification, counters }: { specification: ImportSpecification; counters: Counters },
): Promise<NewTable | undefined> {
  if (!specification.create || counters.inserted > 0) return undefined
  return await missingTable(store, specification, await source.profile(specification, undefined))
}

/** The plan of a resumed run, after creating a removed table again. */
export async function remakeTable(
  outside: Store,
  trx: Trx,
  specification: ImportSpecification,
  {
    memo,
    removed,
    announceLongStatement,
  }: Pick<RunPorts, 'announceLongStatement'> & { memo: ResumeState; removed: NewTable | undefined },
): Promise<ImportPlan> {
  const store = within(outside, trx)
  if (removed === undefined) {
    const plan = await replanImport(store, specification, memo)
    await requireRights({ store, specification, plan })
    return plan
  }
  const called = specification.table
  const journal = [await createTable(store, trx, removed)]
  const plan = await replanImport(store, specification, memo)
  journal.push(...(await indexKeys(store, trx, { ...plan, called }, announceLongStatement)))
  return { ...(await replanImport(store, specification, memo)), journal }
}
