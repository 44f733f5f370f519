import { z } from 'zod'
import { kindOf } from '../../db/kind.ts'
import type { Store, Trx } from '../../db/store.ts'
import { UnusableError } from '../../domain/words/errors.ts'
import type { Problem } from '../../domain/words/problems.ts'
import { inSavepoint } from '../../engine/ground/in-savepoint.ts'
import { inSnapshot } from '../../engine/ground/in-snapshot.ts'
import { findJob, iterateJobIds } from '../../engine/jobs/jobs.ts'
import { lastExportResults } from '../../engine/jobs/export-results.ts'
import { findOrphans, findWrongLeftovers } from '../../engine/verify/verify-belongings.ts'
import { verifyJob } from '../../engine/verify/verify-job.ts'
import { verifyJournal } from '../../engine/verify/verify-journal.ts'
import { verifyNumbers } from '../../engine/verify/verify-numbers.ts'
import { verifyRemovals } from '../../engine/verify/verify-deletion-log.ts'
import { verifyTally } from '../../engine/verify/verify-tally.ts'
import { accountedTables, type AccountedTable } from '../../engine/verify/verify-tables.ts'
import { isResultIntact } from '../../pipeline/export/result-file.ts'

const MAX_DAMAGES = 20

/** A disagreement; `job` is null if it is about the database or a table. */
export type Disagreement = { job: number | null; problem: Problem }

/** The number of jobs verified, and what could not be checked. */
export type Verified = { jobs: number; unknownTables: string[]; replacedResults: number }

/**
 * Verifies all jobs and the database itself, while others may write: each job is read in one
 * snapshot. A damaged database is checked no further.
 */
export async function* verifyDatabase(store: Store): AsyncGenerator<Disagreement, Verified> {
  let isWhole = true
  for await (const problem of damagesOf(store)) {
    isWhole = false
    yield { job: null, problem }
  }
  if (!isWhole) return { jobs: 0, unknownTables: [], replacedResults: 0 }

  const jobs = yield* verifyJobs(store)
  for await (const problem of verifyWhole(store)) yield { job: null, problem }
  const tables = await inSnapshot(store.db, (trx) => countTables(store, trx))
  for (const problem of tables.flatMap((table) => problemsOf(table))) yield { job: null, problem }
  const replacedResults = yield* verifyResults(store)
  const unknown = tables.filter(
    ({ rows, found }) => rows === undefined && typeof found === 'number',
  )
  return { jobs, unknownTables: unknown.map(({ table }) => table), replacedResults }
}

/** Damage to the file, and missing tables of Tallyman. */
async function* damagesOf(store: Store): AsyncGenerator<Problem> {
  const found = (await store.file?.findDamage(MAX_DAMAGES)) ?? []
  for (const detail of found) yield { problem: 'damaged', detail }
  for (const name of await kindOf(store.db).missingParts(store.db))
    yield { problem: 'own_gone', name }
}

async function* verifyJobs({ db }: Store): AsyncGenerator<Disagreement, number> {
  let count = 0
  for await (const id of iterateJobIds(db)) {
    const problems = await inSnapshot(db, (trx) => problemsOfJob(trx, id))
    for (const problem of problems) yield { job: id, problem }
    count++
  }
  return count
}

async function problemsOfJob(trx: Trx, id: number): Promise<Problem[]> {
  try {
    const job = await findJob(trx, id)
    if (job === undefined) return []
    return [...(await verifyJob(trx, job)), ...(await verifyJournal(trx, job))]
  } catch (error) {
    // Tallyman itself never writes invalid JSON or an incomplete specification.
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error
    const [detail = ''] = error.message.split('\n')
    return [{ problem: 'job_unreadable', detail }]
  }
}

/** Checks across jobs, each in one snapshot. */
async function* verifyWhole({ db }: Store): AsyncGenerator<Problem> {
  yield* await inSnapshot(db, (trx) => firstOf(verifyNumbers(trx)))
  yield* await inSnapshot(db, verifyTally)
  yield* await inSnapshot(db, (trx) => firstOf(verifyRemovals(trx)))
  yield* await inSnapshot(db, findOrphans)
  yield* await inSnapshot(db, findWrongLeftovers)
  if (!(await inSnapshot(db, (trx) => kindOf(trx).isTextIndexed(trx))))
    yield { problem: 'search_off' }
}

/**
 * Limits the buffer: problems are reported after the snapshot, which must not wait for a reader.
 */
const MAX_PROBLEMS = 1_000

async function firstOf(problems: AsyncGenerator<Problem>): Promise<Problem[]> {
  const first: Problem[] = []
  for await (const problem of problems) {
    first.push(problem)
    if (first.length === MAX_PROBLEMS) break
  }
  return first
}

/** `found` is the number of rows, undefined if the table is gone, or why they cannot be counted. */
type CountedTable = AccountedTable & { found: number | undefined | Problem }

/**
 * Counts in the transaction that read the accounts, because a batch changes rows and counters
 * together.
 */
async function countTables(store: Store, trx: Trx): Promise<CountedTable[]> {
  const counted: CountedTable[] = []
  for (const accounted of await accountedTables(trx)) {
    counted.push(await countTable(store, trx, accounted))
  }
  return counted
}

/** In a savepoint: a table that cannot be counted must not keep the others from it. */
async function countTable(store: Store, trx: Trx, accounted: AccountedTable) {
  try {
    const counted = await inSavepoint(trx, () => countRows(store, trx, accounted))
    return { ...accounted, ...counted }
  } catch (error) {
    if (error instanceof UnusableError) return { ...accounted, found: error.problem }
    throw error
  }
}

/**
 * A view in place of a table that a job made or found empty counts as missing. How many rows a table
 * should show is unknown where policies may hide some.
 */
async function countRows(
  { tables }: Store,
  trx: Trx,
  { table: name, ...accounted }: AccountedTable,
) {
  const table = await tables.describe(trx, name)
  if (table === undefined) return { found: undefined }
  const rows = table.hidesRows === true ? undefined : accounted.rows
  if (rows === undefined) return { rows, found: 0 }
  return { found: table.isView ? undefined : await tables.count(trx, table.name) }
}

function problemsOf({ table, jobs, rows, found }: CountedTable): Problem[] {
  if (typeof found === 'object') return [found]
  if (found === undefined) return jobs === 0 ? [] : [{ problem: 'table_gone', table, jobs }]
  return rows === undefined || rows === found
    ? []
    : [{ problem: 'rows_off', table, rows: found, accounted: rows }]
}

async function* verifyResults({ db }: Store): AsyncGenerator<Disagreement, number> {
  const { results, replaced } = await lastExportResults(db)
  for (const { job, path, ...seal } of results) {
    if (!(await isResultIntact(db, path, seal)))
      yield { job, problem: { problem: 'result_gone', path } }
  }
  return replaced
}
