import { sql, type RawBuilder } from 'kysely'
import type { Trx } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import type { Problem } from '../../domain/words/problems.ts'
import { correctionAt, measureCorrections } from '../repair/corrections.ts'
import { differing } from './verify-parts.ts'

/** Problems reported per check at most: a longer list tells no more. */
const MOST_PROBLEMS = 100

/** Reports where the repairs of a job's rejects contradict the job or the linked jobs. */
export async function verifyRepairs(trx: Trx, job: Job): Promise<Problem[]> {
  return [...(await ofFirst(trx, job)), ...(await ofLinked(trx, job))]
}

async function ofFirst(trx: Trx, job: Job): Promise<Problem[]> {
  const { id, repaired, set_aside } = job
  const { rows } = await sql<{ repaired: number; set_aside: number }>`
    select (select count(*) from tallyman_repair
            where job_id = ${id} and status = 'repaired') as repaired,
           (select count(*) from tallyman_repair
            where job_id = ${id} and status = 'set_aside') as set_aside`.execute(trx)
  return [
    ...differing({ repaired, set_aside }, rows[0] ?? {}),
    ...(await off(
      trx,
      'record',
      sql`select record from tallyman_repair as repair where job_id = ${id}
          and not exists (select 1 from tallyman_reject as reject where reject.job_id = ${id}
                          and reject.record = repair.record and reject.type = 'error')`,
    )),
    ...(await off(
      trx,
      'repaired_by_job',
      sql`select repair.record from tallyman_repair as repair
          join tallyman_job as linked on linked.id = repair.repaired_by_job
          left join tallyman_correction as correction
            on correction.job_id = linked.id and correction.record = repair.record
          where repair.job_id = ${id}
            and (correction.record is null or linked.repair_of is null or linked.repair_of <> ${id})`,
    )),
  ]
}

/** Each record that a linked job wrote is repaired by it, and each that it rejected is not. */
async function ofLinked(trx: Trx, job: Job): Promise<Problem[]> {
  const { id, repair_of: first, status, total, checkpoint } = job
  if (first === null) return []
  const { count } = await measureCorrections(trx, id)
  const last = await correctionAt(trx, id, checkpoint?.record ?? 0)
  const isRejected = sql`exists (select 1 from tallyman_reject as reject
    where reject.job_id = ${id} and reject.record = correction.record and reject.type = 'error')`
  const isThere = sql`exists (select 1 from tallyman_job where id = ${first})`
  // Which records were postponed is not known any more after a cancel.
  const isWritten =
    status === 'cancelled' && (checkpoint?.postponed ?? 0) > 0
      ? sql`1 = 0`
      : sql`correction.record <= ${last} and not ${isRejected}`
  return [
    ...(total === null ? [] : differing({ total }, { total: count })),
    ...(await off(
      trx,
      'record',
      sql`select record from tallyman_reject as reject where job_id = ${id} and type = 'error'
          and not exists (select 1 from tallyman_correction as correction
                          where correction.job_id = ${id} and correction.record = reject.record)`,
    )),
    ...(await off(
      trx,
      'status',
      sql`select correction.record from tallyman_correction as correction
          left join tallyman_repair as repair
            on repair.job_id = ${first} and repair.record = correction.record
          where correction.job_id = ${id} and ${isThere} and (
            (${isWritten} and (repair.repaired_by_job is null or repair.repaired_by_job <> ${id}))
            or (${isRejected} and repair.repaired_by_job = ${id}))`,
    )),
  ]
}

async function off(trx: Trx, part: string, records: RawBuilder<unknown>): Promise<Problem[]> {
  const { rows } = await sql<{ record: number }>`
    ${records} order by 1 limit ${MOST_PROBLEMS}`.execute(trx)
  return rows.map(({ record }) => ({ problem: 'repair_off', record, part }))
}
