import { sql } from 'kysely'
import { z } from 'zod'
import type { Trx } from '../../db/store.ts'
import type { MessageCode } from '../../domain/words/messages.ts'

/** The warning about rows that triggers and foreign keys inserted or deleted beside a record's. */
const BESIDE: MessageCode = 'TLY-3015'
const told = z.object({ inserted: z.number(), deleted: z.number() })

/** Rows inserted minus deleted by triggers and foreign keys, which the job's counters leave out. */
export async function rowsBeside(trx: Trx, jobId: number): Promise<number> {
  const { rows } = await sql<{ params: string; count: number }>`
    select reject.params, count(*) as count
    from tallyman_reject_kind as kind
    join tallyman_reject as reject on reject.job_id = kind.job_id and reject.kind = kind.kind
    where kind.job_id = ${jobId} and kind.code = ${BESIDE} group by reject.params`.execute(trx)
  return rows.reduce((sum, { params, count }) => sum + count * moreIn(params), 0)
}

/** The ids of jobs that have such a warning. */
export async function jobsWithRowsBeside(trx: Trx): Promise<number[]> {
  const jobs = await trx
    .selectFrom('tallyman_reject_kind')
    .select('job_id')
    .where('code', '=', BESIDE)
    .distinct()
    .execute()
  return jobs.map(({ job_id }) => job_id)
}

/** Parameters that Tallyman did not write count as 0. */
function moreIn(params: string): number {
  try {
    const { inserted, deleted } = told.parse(JSON.parse(params))
    return inserted - deleted
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return 0
    throw error
  }
}
