import type { Store } from '../../db/store.ts'

/**
 * Removes the copies of the database that dry runs left behind which were killed while they copied. In a
 * transaction of its own for each, in which nobody can take the job and begin another copy.
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
