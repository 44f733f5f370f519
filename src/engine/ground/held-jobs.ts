import type { Db } from '../../db/store.ts'
import { HELD_STATUSES } from '../../domain/states/status.ts'

/** Counts the jobs that workers hold. */
export async function countHeldJobs(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('tallyman_job')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('status', 'in', HELD_STATUSES)
    .executeTakeFirstOrThrow()
  return Number(count)
}
