import type { Trx } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import type { Problem } from '../../domain/words/problems.ts'

/**
 * A sample stands at its own second, within the counters, and in one line with all others: whichever
 * has more records has no fewer rejects. That a later second has more, a clock may prevent.
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
