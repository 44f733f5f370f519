import { sql } from 'kysely'
import type { Db, Trx } from '../../db/store.ts'
import { COUNTERS, type Counters } from '../../domain/jobs/counters.ts'
import type { ListedJob } from '../../domain/jobs/job.ts'
import { TAB_FILTERS } from '../../domain/jobs/job-list.ts'
import { outcomeParts, type OutcomeParts } from '../../domain/jobs/outcome.ts'
import { CLAIMED_STATUSES, type JobStatus, type JobType } from '../../domain/states/status.ts'
import { countFailedSince, countJobs, type Count } from '../list/count-jobs.ts'
import { listIds } from '../list/list-jobs.ts'
import { listJobsByIds } from '../list/listed-job.ts'
import { kindOf } from '../../db/kind.ts'
import { HAS_OPEN_REJECTS } from '../list/job-conditions.ts'

/** Only the newest jobs, up to this many, are added up; the page says where there are more. */
const MOST_ADDED = { today: 1_000, rejects: 100 }
/** Jobs listed at most, newest first. */
const MOST_NEEDY = 10
const MOST_MOVING = 5

/** Records of jobs started since a date, without dry runs; `isCapped` where not all are added. */
export type Added = Omit<OutcomeParts, 'unprocessed'> & { jobs: number; isCapped: boolean }

export type Today = {
  records: Added
  inMotion: Count
  waiting: Count
  failedToday: Count
  failed: Count
  rejects: { jobs: number; rejects: number; isCapped: boolean }
  busy: number
  moving: ListedJob[]
  needy: ListedJob[]
  areAllNeedy: boolean
}

/** The figures of the start page. Each is found by an index, at the same cost with many jobs. */
export async function readToday(
  db: Db | Trx,
  { since, now, workers }: { since: Date; now: Date; workers: string[] },
): Promise<Today> {
  const moving = await listIds(db, { among: CLAIMED_STATUSES, limit: MOST_MOVING, now })
  return {
    records: await addRecords(db, since),
    inMotion: await countJobs(db, TAB_FILTERS.in_motion),
    waiting: await countJobs(db, { status: 'start_pending' }),
    failedToday: await countFailedSince(db, since),
    failed: await countJobs(db, TAB_FILTERS.failed),
    rejects: await addRejects(db),
    busy: await countBusy(db, workers),
    moving: await listJobsByIds(db, moving),
    ...(await findNeedy(db, now)),
  }
}

type Group = Counters & { type: JobType; status: JobStatus; jobs: number }

async function addRecords(db: Db | Trx, since: Date): Promise<Added> {
  const sums = COUNTERS.map((name) => sql`${sumOf(name)} as ${sql.ref(name)}`)
  const { rows } = await sql<Group>`
    select type, status, count(*) as jobs, ${sql.join(sums)} from (
      select type, status, ${sql.join(COUNTERS.map((name) => sql.ref(name)))}
      from tallyman_job
      where dated_at >= ${since.toISOString()} and started_at is not null
        and ${isReal}
      order by dated_at desc limit ${MOST_ADDED.today}
    ) as started group by type, status`.execute(db)
  const added: Added = { written: 0, kept: 0, rejected: 0, jobs: 0, isCapped: false }
  for (const { type, status, jobs, ...counters } of rows) {
    const parts = outcomeParts({ type, status, dry_run: false, counters, total: null })
    added.jobs += jobs
    added.written += parts.written
    added.kept += parts.kept
    added.rejected += parts.rejected
  }
  return { ...added, isCapped: added.jobs >= MOST_ADDED.today }
}

async function addRejects(db: Db | Trx): Promise<Today['rejects']> {
  const { rows } = await sql<{ jobs: number; rejects: number | null }>`
    select count(*) as jobs, ${sumOf('open_rejects')} as rejects from (
      select (job.rejects - job.repaired - job.set_aside) as open_rejects from tallyman_job as job
      where ${HAS_OPEN_REJECTS}
      order by job.id desc limit ${MOST_ADDED.rejects}
    ) as rejecting`.execute(db)
  const jobs = rows[0]?.jobs ?? 0
  return { jobs, rejects: rows[0]?.rejects ?? 0, isCapped: jobs >= MOST_ADDED.rejects }
}

/** A dry run leaves nothing in the table. */
const isReal = sql<boolean>`dry_run = 0`

/** Cast to bigint, because a database may return a sum of integers as a decimal number. */
function sumOf(column: string) {
  return sql<number | null>`cast(sum(${sql.ref(column)}) as bigint)`
}

async function countBusy(db: Db | Trx, workers: string[]): Promise<number> {
  if (workers.length === 0) return 0
  const { busy } = await db
    .selectFrom('tallyman_job')
    .select((eb) => eb.fn.count<number>('worker').distinct().as('busy'))
    .where('status', 'in', CLAIMED_STATUSES)
    .where('worker', 'in', workers)
    .executeTakeFirstOrThrow()
  return busy
}

/** The newest jobs that only an operator can move on. */
async function findNeedy(db: Db | Trx, now: Date): Promise<Pick<Today, 'needy' | 'areAllNeedy'>> {
  const limit = MOST_NEEDY + 1
  const failed = await listIds(db, { status: 'failed', limit, now })
  const paused = await listIds(db, { status: 'paused', limit, now })
  const rejecting = await findWithOpenRejects(db, limit)
  const ids = [...new Set([...failed, ...paused, ...rejecting])].sort((a, b) => b - a)
  const needy = await listJobsByIds(db, ids.slice(0, MOST_NEEDY))
  return { needy, areAllNeedy: ids.length <= MOST_NEEDY }
}

/** Finished jobs only: those that failed or are paused are listed anyway. */
async function findWithOpenRejects(db: Db | Trx, limit: number): Promise<number[]> {
  const { hints } = kindOf(db)
  const { rows } = await sql<{ id: number }>`
    select job.id from tallyman_job as job
    where ${HAS_OPEN_REJECTS} and ${hints.unindexedText(sql`job.status`)} = 'finished'
    order by job.id desc limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}
