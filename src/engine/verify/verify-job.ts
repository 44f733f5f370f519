import { sql } from 'kysely'
import type { Trx } from '../../db/store.ts'
import { sumsOf } from '../../domain/jobs/counters.ts'
import { isFailureReason } from '../../domain/words/failures.ts'
import { isDryRun, type Job } from '../../domain/jobs/job.ts'
import type { Problem } from '../../domain/words/problems.ts'
import { isHeld, isOver } from '../../domain/states/status.ts'
import { listRejectKinds } from '../rejects/reject-kinds.ts'
import { searchColumns } from '../ground/search-columns.ts'
import { verifyKeys } from './verify-belongings.ts'
import { verifyCheckpoint } from './verify-checkpoint.ts'
import { verifyCounters } from './verify-counters.ts'
import { differing } from './verify-parts.ts'
import { verifyRejects } from './verify-rejects.ts'
import { verifyRepairs } from './verify-repairs.ts'
import { verifySamples } from './verify-samples.ts'

/** Reports where a job contradicts itself or its rejects; empty where all agrees. */
export async function verifyJob(trx: Trx, job: Job): Promise<Problem[]> {
  return [
    ...tallyOf(job),
    ...stateOf(job),
    ...(await rejectsOf(trx, job)),
    ...verifyCounters(job, await listRejectKinds(trx, job.id)),
    ...verifyCheckpoint(job),
    ...(await verifyRejects(trx, job)),
    ...(await verifyRepairs(trx, job)),
    ...(await verifySamples(trx, job)),
    ...(await verifyKeys(trx, job)),
    ...(await namesOf(trx, job)),
    ...(await postponedOf(trx, job)),
    ...(await workerOf(trx, job)),
  ]
}

function* tallyOf({ status, counters, total, checkpoint }: Job): Generator<Problem> {
  const { processed } = counters
  for (const { sum, is, terms, make } of sumsOf(counters)) {
    if (is !== make) yield { problem: 'tally_off', sum, is, terms: terms.join(' + '), make }
  }
  const isShort = total !== null && total < processed
  if (isShort || (status === 'finished' && total !== processed)) {
    yield {
      problem: 'tally_off',
      sum: 'total',
      is: total ?? 0,
      terms: 'processed',
      make: processed,
    }
  }
  if (checkpoint === null) return
  const { record, postponed = 0 } = checkpoint
  if (record !== processed + postponed) {
    yield { problem: 'checkpoint_off', record, processed, postponed }
  }
}

function* stateOf(job: Job): Generator<Problem> {
  const { status, started_at, ended_at, attempts, claim, failure_reason, duration_ms } = job
  const datesAgree =
    isOver(status) === (ended_at !== null) &&
    (started_at !== null) === attempts > 0 &&
    (claim !== null || status !== 'running') &&
    (isHeld(status) || job.running_since === null) &&
    duration_ms >= 0
  if (!datesAgree) yield { problem: 'dates_off', status }
  if (status === 'failed' && (failure_reason === null || !isFailureReason(failure_reason))) {
    yield { problem: 'failure_off', status }
  }
}

type Stored = { kind: number; type: 'error' | 'warning'; messages: number; last: number }

/** Counts all stored messages, and compares them with the job's counters and the reject kinds. */
async function rejectsOf(
  trx: Trx,
  { id, counters, checkpoint, repair_of }: Job,
): Promise<Problem[]> {
  const { rows } = await sql<Stored>`
    select kind, type, count(*) as messages, max(record) as last
    from tallyman_reject where job_id = ${id} group by kind, type`.execute(trx)
  const messages = (type: Stored['type']) =>
    rows.filter((row) => row.type === type).reduce((sum, row) => sum + row.messages, 0)
  const found = { errors: messages('error'), warnings: messages('warning') }
  const problems: Problem[] = []
  const compare = (counter: string, is: number, stored: number) => {
    if (is !== stored) problems.push({ problem: 'count_off', counter, is, found: stored })
  }
  compare('rejects', counters.rejects, await rejectedRecords(trx, id))
  compare('errors', counters.errors, found.errors)
  compare('warnings', counters.warnings, found.warnings)

  const kinds = await listRejectKinds(trx, id)
  for (const { kind, code, field, count } of kinds) {
    const stored = rows.find((row) => row.kind === kind)?.messages ?? 0
    compare([code, field].filter(Boolean).join(' '), count, stored)
  }
  for (const { kind, messages: stored } of rows) {
    if (kinds.every((known) => known.kind !== kind)) compare(`#${kind}`, 0, stored)
  }
  const last = Math.max(0, ...rows.map((row) => row.last))
  const { processed } = counters
  // The rejects of a linked job have the numbers of the first job's file.
  if (repair_of === null && last > processed + (checkpoint?.postponed ?? 0)) {
    problems.push({ problem: 'record_beyond', record: last, processed })
  }
  return problems
}

/** Counts postponed records. A dry run has them in its copy; a job in a final status needs none. */
async function postponedOf(trx: Trx, job: Job): Promise<Problem[]> {
  const { id, status, checkpoint } = job
  if (job.dry_run || status === 'finished' || status === 'cancelled') return []
  const is = checkpoint?.postponed ?? 0
  const { found } = await trx
    .selectFrom('tallyman_postponed')
    .select((eb) => eb.fn.countAll<number>().as('found'))
    .where('job_id', '=', id)
    .executeTakeFirstOrThrow()
  return is === found ? [] : [{ problem: 'count_off', counter: 'postponed', is, found }]
}

async function rejectedRecords(trx: Trx, id: number): Promise<number> {
  const { rows } = await sql<{ records: number }>`
    select count(distinct record) as records from tallyman_reject
    where job_id = ${id} and type = 'error'`.execute(trx)
  return rows[0]?.records ?? 0
}

/** Compares the columns that lists sort and search by, and those that the specification has too. */
async function namesOf(trx: Trx, job: Job): Promise<Problem[]> {
  const stored = await trx
    .selectFrom('tallyman_job')
    .select(['label_key', 'search_text', 'dated_at', 'target_table'])
    .where('id', '=', job.id)
    .executeTakeFirstOrThrow()
  const { target_table } = stored
  const dated_at = job.started_at ?? job.created_at
  return [
    ...differing(job, { target_table: job.specification.table }),
    ...differing({ dry_run: Number(job.dry_run) }, { dry_run: Number(isDryRun(job)) }),
    ...differing(stored, { ...searchColumns({ ...job, target_table }), dated_at }),
  ]
}

/** Checks that the worker whose row has the job's claim is the one that claimed the job. */
async function workerOf(trx: Trx, job: Job): Promise<Problem[]> {
  const row = await trx
    .selectFrom('tallyman_worker')
    .select('name')
    .where('claim', '=', job.claim)
    .executeTakeFirst()
  return row === undefined ? [] : [...differing(job, { worker: row.name })]
}
