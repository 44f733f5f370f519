import type { Trx } from '../../db/store.ts'

/** Changes the counts that stand with a job; false where the job is gone. */
export async function addToCounts(
  trx: Trx,
  jobId: number,
  { repaired = 0, setAside = 0 }: { repaired?: number; setAside?: number },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('tallyman_job')
    .set((eb) => ({
      repaired: eb('repaired', '+', repaired),
      set_aside: eb('set_aside', '+', setAside),
      revision: eb('revision', '+', 1),
    }))
    .where('id', '=', jobId)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}
