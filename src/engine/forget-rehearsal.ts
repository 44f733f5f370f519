import type { Trx } from '../db/store.ts'

/** A dry run that was interrupted starts again at the first record, and would reject each one twice. */
export async function forgetRehearsal(trx: Trx, jobId: number): Promise<void> {
  await trx.deleteFrom('tallyman_reject').where('job_id', '=', jobId).execute()
}
