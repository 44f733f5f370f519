import type { Trx } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import type { Problem } from '../../domain/words/problems.ts'

/**
 * Checks that each sample is stored under its own second and within the counters, and that samples
 * with more records have no fewer rejects. A later second need not have more: clocks may jump.
 */
export async function verifySamples(trx: Trx, { id, counters }: Job): Promise<Problem[]> {
  const samples = await trx
    .selectFrom('tallyman_sample')
    .select(['tick', 'running_ms', 'processed', 'rejects'])
    .where('job_id', '=', id)
    .orderBy('processed')
    .orderBy('rejects')
    .execute()
  const agree = samples.every(
    ({ tick, running_ms, processed, rejects }, at) =>
      tick === Math.floor(running_ms / 1000) &&
      rejects <= processed &&
      processed <= counters.processed &&
      rejects <= counters.rejects &&
      rejects >= (samples[at - 1]?.rejects ?? 0),
  )
  return agree ? [] : [{ problem: 'samples_off' }]
}
