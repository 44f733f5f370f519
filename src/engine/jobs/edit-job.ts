import type { Db, Trx } from '../../db/store.ts'
import { checkTexts, type JobTexts } from '../../domain/jobs/job-texts.ts'
import type { Job } from '../../domain/jobs/job.ts'
import type { Message } from '../../domain/words/messages.ts'
import { inTransaction } from '../ground/in-transaction.ts'
import { searchColumns } from '../ground/search-columns.ts'
import { toJob } from '../ground/job-row.ts'
import { writeJournal } from '../ground/journal.ts'
import { keptTableOf } from './kept-tables.ts'
import { lockForEdit } from './lock-for-edit.ts'

/**
 * Changes the label and description of a job in any status; the journal records what changed.
 * @throws NotFoundError
 * @throws InvalidInputError for an empty label, or a label or description that is too long
 */
export async function editJob(
  db: Db | Trx,
  id: number,
  given: JobTexts,
  act: { now: Date; actor: string },
): Promise<Job> {
  const texts = checkTexts(given)
  return inTransaction(db, async (trx) => {
    const old = await lockForEdit(trx, id)
    const target_table = await keptTableOf(trx, old)
    const row = await trx
      .updateTable('tallyman_job')
      .set({ ...texts, ...searchColumns({ ...old, ...texts, target_table }) })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow()
    await writeJournal(trx, id, changesOf(old, texts), act)
    return toJob(trx, row)
  })
}

function changesOf(old: JobTexts, { label, description }: JobTexts): Message[] {
  const changes: Message[] = []
  if (label !== old.label) {
    changes.push({ code: 'TLY-1019', params: { from: old.label, to: label } })
  }
  if (description !== old.description) changes.push({ code: 'TLY-1021', params: {} })
  return changes
}
