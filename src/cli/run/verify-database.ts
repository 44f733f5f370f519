import { z } from 'zod'
import { kindOf } from '../../db/kind.ts'
import type { Store, Trx } from '../../db/store.ts'
import { UnusableError } from '../../domain/words/errors.ts'
import type { Problem } from '../../domain/words/problems.ts'
import { inSnapshot } from '../../engine/ground/in-snapshot.ts'
import { findJob, iterateJobIds } from '../../engine/jobs/jobs.ts'
import { lastExportResults } from '../../engine/jobs/export-results.ts'
import { findOrphans, findWrongLeftovers } from '../../engine/verify/verify-belongings.ts'
import { verifyJob } from '../../engine/verify/verify-job.ts'
import { verifyJournal } from '../../engine/verify/verify-journal.ts'
import { verifyNumbers } from '../../engine/verify/verify-numbers.ts'
import { verifyRemovals } from '../../engine/verify/verify-deletion-log.ts'
import { accountedTables, type AccountedTable } from '../../engine/verify/verify-tables.ts'
import { isIntact } from '../../pipeline/export/part-file.ts'

const MOST_DAMAGES = 20

/** Something that does not agree; the job is null where it is the database or a table. */
export type Disagreement = { job: number | null; problem: Problem }

/** What a verification could not, or does not, look at. */
export type Verified = { jobs: number; unknownTables: string[]; replacedResults: number }

/**
 * Holds all jobs against what is stored of them, and the database against itself, while others may
 * write: each job is read as it is at one moment. A damaged database is looked at no further.
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

/** What keeps it from being read. */
async function* damagesOf(store: Store): AsyncGenerator<Problem> {
  const found = (await store.file?.findDamage(MOST_DAMAGES)) ?? []
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
    // What is no JSON or lacks a part was not written by Tallyman.
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error
    const [detail = ''] = error.message.split('\n')
    return [{ problem: 'job_unreadable', detail }]
  }
}

/** What is not of one job: each as it is at one moment. */
async function* verifyWhole(store: Store): AsyncGenerator<Problem> {
  const { db } = store
  yield* await inSnapshot(db, async (trx) => {
    const given = await store.numbersGiven()
    return given === undefined ? [] : await firstOf(verifyNumbers(trx, given))
  })
  yield* await inSnapshot(db, (trx) => firstOf(verifyRemovals(trx)))
  yield* await inSnapshot(db, findOrphans)
  yield* await inSnapshot(db, findWrongLeftovers)
  if (!(await inSnapshot(db, (trx) => kindOf(trx).isTextIndexed(trx))))
    yield { problem: 'search_off' }
}

/** Nobody reads more; and they are told when the snapshot is over, which may not wait for a reader. */
const MOST_PROBLEMS = 1_000

async function firstOf(problems: AsyncGenerator<Problem>): Promise<Problem[]> {
  const first: Problem[] = []
  for await (const problem of problems) {
    first.push(problem)
    if (first.length === MOST_PROBLEMS) break
  }
  return first
}

/** How many rows are there, undefined where the table is gone, or why they can't be counted. */
type CountedTable = AccountedTable & { found: number | undefined | Problem }

/** In the transaction that the accounts were read in: rows and counters of a batch come together. */
async function countTables(store: Store, trx: Trx): Promise<CountedTable[]> {
  const counted: CountedTable[] = []
  for (const accounted of await accountedTables(trx)) {
    counted.push({ ...accounted, found: await countRows(store, trx, accounted) })
  }
  return counted
}

/** A view in the table's place is no table. */
async function countRows({ tables }: Store, trx: Trx, { table: name, rows }: AccountedTable) {
  try {
    const table = await tables.describe(trx, name)
    if (table === undefined || table.isView) return undefined
    if (rows === undefined) return 0
    return await tables.count(trx, table.name)
  } catch (error) {
    if (error instanceof UnusableError) return error.problem
    throw error
  }
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
    if (!(await isIntact(path, seal))) yield { job, problem: { problem: 'result_gone', path } }
  }
  return replaced
}
