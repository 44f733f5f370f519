import type { Trx } from '../../db/store.ts'

const TABLES = ['tallyman_reject', 'tallyman_reject_kind', 'tallyman_sample'] as const

/** A dry run that was interrupted starts again at the first record, and would reject each one twice. */
export async function forgetRehearsal(trx: Trx, jobId: number): Promise<void> {
  for (const table of TABLES) await trx.deleteFrom(table).where('job_id', '=', jobId).execute()
}
