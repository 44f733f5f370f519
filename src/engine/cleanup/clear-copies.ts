import type { Store } from '../../db/store.ts'

/**
 * Removes the database copies of dry runs that were killed while copying. Each in a transaction of
 * its own, in which nobody can claim the job and begin another copy.
 */
export async function clearCopies({ db, file }: Pick<Store, 'db' | 'file'>): Promise<void> {
  if (file === undefined) return
  const { copies } = file
  for (const jobId of copies.list()) {
    await db.transaction().execute(async (trx) => {
      const job = await trx
        .selectFrom('tallyman_job')
        .select('claim')
        .where('id', '=', jobId)
        .executeTakeFirst()
      const isHeld = job !== undefined && job.claim !== null
      if (!isHeld) copies.remove(jobId)
    })
  }
}
