import type { Db, Trx } from '../db/store.ts'
import type { Job } from '../domain/job.ts'
import { OVER_STATUSES } from '../domain/status.ts'
import { inTransaction } from './in-transaction.ts'
import { toJob } from './job-row.ts'
import { createJob } from './jobs.ts'
import { writeJournal } from './journal.ts'
import { refusal } from './refusal.ts'

/**
 * Starts a new job with the specification of one that is over. Both journals tell of the other job.
 * @throws NotFoundError
 * @throws ConflictError while the job is not over
 */
export async function runAgain(
  db: Db | Trx,
  id: number,
  { now, actor }: { now: Date; actor: string },
): Promise<Job> {
  return inTransaction(db, async (trx) => {
    const old = await touchJobThatIsOver(trx, id)
    const again = await createJob(
      trx,
      {
        ...old,
        targetTable: old.target_table,
        fileName: old.file_name,
        status: 'start_pending',
        rerunOf: id,
      },
      { now, actor },
    )
    // Ids are names and not amounts: as text they are not formatted.
    const message = {
      code: 'TLY-1018',
      params: { from: String(id), job: String(again.id) },
    } as const
    await writeJournal(trx, id, message, { now, actor })
    await writeJournal(trx, again.id, message, { now, actor })
    return again
  })
}

/** Its journal grows, so its revision does; and the write keeps the row as it is until the end. */
async function touchJobThatIsOver(trx: Trx, id: number): Promise<Job> {
  const row = await trx
    .updateTable('tallyman_job')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .where('status', 'in', OVER_STATUSES)
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) throw await refusal(trx, id, 'run_again', OVER_STATUSES)
  return toJob(row)
}
