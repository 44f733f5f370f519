import type { Db, Trx } from '../../db/store.ts'
import { EDITABLE_STATUSES } from '../../domain/states/commands.ts'
import type { Job, JobKind } from '../../domain/jobs/job.ts'
import { storedIds } from '../../domain/specification/stored-path.ts'
import type { Message } from '../../domain/words/messages.ts'
import { inTransaction } from '../ground/in-transaction.ts'
import { searchColumns } from '../ground/search-columns.ts'
import { kindColumns, toJob } from '../ground/job-row.ts'
import { linkFiles, unlinkFiles } from './job-files.ts'
import { leftTable } from './former-table.ts'
import { withKeptTables } from './kept-tables.ts'
import type { NewJob } from './new-job.ts'
import { writeJournal } from '../ground/journal.ts'
import { lockForEdit } from './lock-for-edit.ts'

/** The new specification and names of a job, and its template if it is another. The rest stays. */
export type Rewritten = JobKind & Pick<NewJob, 'label' | 'targetTable' | 'fileName' | 'template'>

/**
 * Changes the specification of a job that is being edited; the journal records what changed.
 * @throws NotFoundError
 * @throws ConflictError in any other status: a started job keeps its specification
 */
export async function editSpecification(
  db: Db | Trx,
  id: number,
  { template, ...made }: Rewritten,
  act: { now: Date; actor: string },
): Promise<Job> {
  return inTransaction(db, async (trx) => {
    const old = await lockForEdit(trx, id, { act: 'edit', allowed: EDITABLE_STATUSES })
    const kept = await withKeptTables(trx, made)
    const { label, targetTable, fileName } = kept.names
    const names = { label, target_table: targetTable, file_name: fileName }
    const row = await trx
      .updateTable('tallyman_job')
      .set({
        ...names,
        ...(template === undefined ? {} : { template }),
        ...kindColumns(kept.kind),
        ...searchColumns({ ...old, ...names }),
      })
      .where('id', '=', id)
      .where('type', '=', made.type)
      .returningAll()
      .executeTakeFirstOrThrow()
    const job = toJob(trx, row)
    await linkFiles(trx, job)
    await unlinkFiles(trx, id, storedIds(job.specification))
    await writeJournal(trx, id, changesOf(old, job), act)
    return job
  })
}

function changesOf(old: Job, now: Job): Message[] {
  const changes: Message[] = []
  if (now.label !== old.label) {
    changes.push({ code: 'TLY-1019', params: { from: old.label, to: now.label } })
  }
  if (JSON.stringify(now.specification) !== JSON.stringify(old.specification)) {
    changes.push({ code: 'TLY-1023', params: {} })
  }
  if (now.target_table !== old.target_table) changes.push(leftTable(old, now))
  return changes
}
