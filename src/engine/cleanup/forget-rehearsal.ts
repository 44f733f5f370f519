import type { Trx } from '../../db/store.ts'

const TABLES = [
  'tallyman_reject',
  'tallyman_reject_kind',
  'tallyman_sample',
  'tallyman_change',
] as const

/** Deletes an interrupted dry run's rejects and samples: it restarts and would store them twice. */
export async function forgetRehearsal(trx: Trx, jobId: number): Promise<void> {
  for (const table of TABLES) await trx.deleteFrom(table).where('job_id', '=', jobId).execute()
}
