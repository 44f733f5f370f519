import type { NewTable, Store, Trx } from '../../../db/store.ts'
import { within } from '../../../db/within.ts'
import type { Counters } from '../../../domain/jobs/counters.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { missingTable } from './import-plan.ts'
import type { ResumeState } from '../opening/resume-state.ts'
import { replanImport, type ImportPlan } from './match-table.ts'
import { createTable, indexKeys } from './make-table.ts'
import { openImport } from '../opening/source-profile.ts'
import type { RunPorts } from '../../ports.ts'
import type { SourceFile } from '../../source/source-file.ts'

/**
 * The table that an earlier run of the job made, and that went when the job failed before anything
 * was in it: the job makes it again when it goes on. A table that had rows must not be missing.
 */
export async function removedTable(
  store: Store,
  source: SourceFile,
  { specification, counters }: { specification: ImportSpecification; counters: Counters },
): Promise<NewTable | undefined> {
  if (!specification.create || counters.inserted > 0) return undefined
  return await missingTable(
    store,
    specification,
    await openImport(specification, source, undefined),
  )
}

/** The plan of a run that goes on, with the table that it needs first. */
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
  if (removed === undefined) return await replanImport(store, specification, memo)
  const journal = [await createTable(store, trx, removed)]
  const plan = await replanImport(store, specification, memo)
  journal.push(...(await indexKeys(store, trx, plan, announceLongStatement)))
  return { ...(await replanImport(store, specification, memo)), journal }
}
