import { sql, type RawBuilder } from 'kysely'
import type { Db, Trx } from '../../db/store.ts'
import type { JobStatus } from '../../domain/states/status.ts'

/** What became of a reject that is no longer open. */
export type RejectFate =
  | { kind: 'set_aside'; reason: string; by: string; at: string }
  /** By a linked job; without a status, that is deleted. */
  | { kind: 'repaired'; job: number; status: JobStatus | undefined }

/** Undefined where it is open. */
export async function fateOfReject(
  db: Db | Trx,
  jobId: number,
  record: number,
): Promise<RejectFate | undefined> {
  const row = await db
    .selectFrom('tallyman_repair as repair')
    .leftJoin('tallyman_job as linked', 'linked.id', 'repair.repaired_by_job')
    .select(['repair.status as kind', 'repair.reason', 'repair.by', 'repair.at'])
    .select(['repair.repaired_by_job as job', 'linked.status'])
    .where('repair.job_id', '=', jobId)
    .where('repair.record', '=', record)
    .executeTakeFirst()
  if (row?.kind === 'set_aside') {
    return { kind: row.kind, reason: row.reason ?? '', by: row.by, at: row.at }
  }
  return row?.kind === 'repaired' && row.job !== null
    ? { kind: row.kind, job: row.job, status: row.status ?? undefined }
    : undefined
}

/** What somebody did last to a reject. */
export type RejectTouch = {
  record: number
  line: number
  by: string
  at: string
  /** Without a correction, an open reject was opened again. */
  status: 'open' | 'repaired' | 'set_aside'
  raw: Buffer | null
  job: number | null
}

const MOST_TOLD = 20

/** When a reject of a reason was touched last; an empty text where none was. */
export async function lastTouch(db: Db | Trx, jobId: number, kind: number): Promise<string> {
  const { rows } = await sql<{ at: string | null }>`
    select max(repair.at) as at ${touchesOf(jobId, kind)}`.execute(db)
  return rows[0]?.at ?? ''
}

/** The rejects of a reason that were touched since an instant: the first 20, and their number. */
export async function touchedSince(
  db: Db | Trx,
  jobId: number,
  { kind, since, except }: { kind: number; since: string; except: number[] },
): Promise<{ touched: RejectTouch[]; count: number }> {
  const others = except.length === 0 ? sql`` : sql`and repair.record not in (${sql.join(except)})`
  const where = sql`${touchesOf(jobId, kind)} and repair.at > ${since} ${others}`
  const { rows } = await sql<{ count: number }>`
    select count(distinct repair.record) as count ${where}`.execute(db)
  const touched = await sql<RejectTouch>`
    select distinct ${TOUCH} ${where} order by repair.record limit ${MOST_TOLD}`.execute(db)
  return { touched: touched.rows, count: rows[0]?.count ?? 0 }
}

/** What was done last to these records, at most a thousand. */
export async function touchesAmong(
  db: Db | Trx,
  jobId: number,
  records: number[],
): Promise<RejectTouch[]> {
  if (records.length === 0) return []
  const { rows } = await sql<RejectTouch>`
    select distinct ${TOUCH} ${touchesOf(jobId)} and repair.record in (${sql.join(records)})
    order by repair.record`.execute(db)
  return rows
}

const TOUCH = sql`repair.record, reject.line, repair."by", repair.at, repair.status, repair.raw,
  repair.repaired_by_job as job`

function touchesOf(jobId: number, kind?: number): RawBuilder<unknown> {
  return sql`from tallyman_repair as repair join tallyman_reject as reject
      on reject.job_id = repair.job_id and reject.record = repair.record
    where repair.job_id = ${jobId} ${kind === undefined ? sql`` : sql`and reject.kind = ${kind}`}`
}
