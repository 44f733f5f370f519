import { sql } from 'kysely'
import { z } from 'zod'
import type { Trx } from '../../db/store.ts'
import type { MessageCode } from '../../domain/words/messages.ts'

/** Tells of rows that triggers and foreign keys inserted and deleted beside those of the record. */
const BESIDE: MessageCode = 'TLY-3015'
const told = z.object({ inserted: z.number(), deleted: z.number() })

/** By how many rows triggers and foreign keys changed a job's table, beside what its counters say. */
export async function rowsBeside(trx: Trx, jobId: number): Promise<number> {
  const { rows } = await sql<{ params: string; count: number }>`
    select reject.params, count(*) as count
    from tallyman_reject_kind as kind
    join tallyman_reject as reject on reject.job_id = kind.job_id and reject.kind = kind.kind
    where kind.job_id = ${jobId} and kind.code = ${BESIDE} group by reject.params`.execute(trx)
  return rows.reduce((sum, { params, count }) => sum + count * moreIn(params), 0)
}

/** Jobs that tell of such rows. */
export async function jobsWithRowsBeside(trx: Trx): Promise<number[]> {
  const jobs = await trx
    .selectFrom('tallyman_reject_kind')
    .select('job_id')
    .where('code', '=', BESIDE)
    .distinct()
    .execute()
  return jobs.map(({ job_id }) => job_id)
}

/** What was not written by Tallyman accounts for nothing. */
function moreIn(params: string): number {
  try {
    const { inserted, deleted } = told.parse(JSON.parse(params))
    return inserted - deleted
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return 0
    throw error
  }
}
