import type { Selectable } from 'kysely'
import type { JobTable } from '../../db/schema.ts'
import type { Db, Trx } from '../../db/store.ts'
import { COUNTERS } from '../../domain/jobs/counters.ts'
import type { ListedJob } from '../../domain/jobs/job.ts'
import { countersOf, toParams } from '../ground/job-row.ts'

const LISTED = [
  'id',
  'type',
  'label',
  'status',
  'dry_run',
  'target_table',
  'file_name',
  'file_size',
  'created_at',
  'created_by',
  'started_at',
  'ended_at',
  'duration_ms',
  'running_since',
  'progressed_at',
  'failure_reason',
  'failure_params',
  'total',
  'bytes_read',
  'reached',
  'revision',
  ...COUNTERS,
] as const
type ListedRow = Pick<Selectable<JobTable>, (typeof LISTED)[number]>

/** Those of these jobs that are there, in the order of their ids as given. */
export async function listJobsByIds(db: Db | Trx, ids: number[]): Promise<ListedJob[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('tallyman_job').select(LISTED).where('id', 'in', ids).execute()
  const found = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = found.get(id)
    return row === undefined ? [] : [toListedJob(row)]
  })
}

/** The highest number of a job that is there, or 0. */
export async function newestJobId(db: Db | Trx): Promise<number> {
  const { id } = await db
    .selectFrom('tallyman_job')
    .select((eb) => eb.fn.max('id').as('id'))
    .executeTakeFirstOrThrow()
  return id ?? 0
}

function toListedJob(row: ListedRow): ListedJob {
  return {
    id: row.id,
    type: row.type,
    label: row.label,
    status: row.status,
    dry_run: row.dry_run === 1,
    target_table: row.target_table,
    file_name: row.file_name,
    file_size: row.file_size,
    created_at: row.created_at,
    created_by: row.created_by,
    started_at: row.started_at,
    ended_at: row.ended_at,
    duration_ms: row.duration_ms,
    running_since: row.running_since,
    progressed_at: row.progressed_at,
    failure_reason: row.failure_reason,
    failure_params: row.failure_params === null ? null : toParams(row.failure_params),
    counters: countersOf(row),
    total: row.total,
    bytes_read: row.bytes_read,
    reached: row.reached,
    revision: row.revision,
  }
}
