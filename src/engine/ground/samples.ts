import type { Db, Trx } from '../../db/store.ts'
import type { Sample } from '../../domain/jobs/pace.ts'

const TICK_MS = 1_000
/** A job keeps at most this many samples of its whole run, plus those of its last seconds. */
const MOST = 400
const RECENT = 20

type Sampled = Sample & { jobId: number }

/**
 * Samples a job's progress at its first batch in each second of running time. As the run gets
 * longer, the samples are thinned to every 2nd, 4th, 8th … second. Which ones stay depends only on
 * the running time, so an interrupted run keeps the same ones.
 */
export async function takeSample(trx: Trx, { jobId, ...sample }: Sampled): Promise<void> {
  const tick = Math.floor(sample.running_ms / TICK_MS)
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('tallyman_sample')
    .values({ job_id: jobId, tick, ...sample })
    .onConflict((conflict) => conflict.columns(['job_id', 'tick']).doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows === 0n || tick < MOST) return

  const interval = 2 ** Math.ceil(Math.log2((tick + 1) / MOST))
  await trx
    .deleteFrom('tallyman_sample')
    .where('job_id', '=', jobId)
    .where('tick', '<=', tick - RECENT)
    .where((eb) => eb(eb('tick', '%', interval), '<>', 0))
    .execute()
}

/** A job's samples, in the order of running time. */
export async function samplesOf(db: Db | Trx, jobId: number): Promise<Sample[]> {
  return await db
    .selectFrom('tallyman_sample')
    .select(['running_ms', 'at', 'processed', 'rejects'])
    .where('job_id', '=', jobId)
    .orderBy('tick')
    .execute()
}
