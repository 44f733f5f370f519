import path from 'node:path'
import { AT_ONCE, findFile } from '../../db/files/stored-files.ts'
import type { Db, Trx } from '../../db/store.ts'
import type { JobKind } from '../../domain/jobs/job.ts'
import { storedId, storedIds } from '../../domain/specification/stored-path.ts'
import { InvalidInputError } from '../../domain/words/errors.ts'

type OwnerOfFile = JobKind & { id: number }

/**
 * Links a job to the files of its specification that Tallyman keeps: a file stays as long as a job
 * has it. The result of an export has no row yet.
 * @throws InvalidInputError for a source that is gone
 */
export async function linkFiles(trx: Trx, { id, ...kind }: OwnerOfFile): Promise<void> {
  for (const fileId of storedIds(kind.specification)) await linkFile(trx, { id, fileId, ...kind })
}

async function linkFile(
  trx: Trx,
  { id, fileId, type }: Pick<OwnerOfFile, 'id' | 'type'> & { fileId: string },
): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('tallyman_file')
    .set({ unused_since: null })
    .where('id', '=', fileId)
    .where((eb) => eb.or([eb('unused_since', 'is', null), eb('unused_since', '<>', AT_ONCE)]))
    .executeTakeFirstOrThrow()
  if (type === 'import' && numUpdatedRows === 0n) {
    throw new InvalidInputError({ problem: 'stored_file_gone' }, { at: ['path'] })
  }
  await trx
    .insertInto('tallyman_job_file')
    .values({ job_id: id, file_id: fileId })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The first job that was made of a stored file; undefined where none has it. */
export async function firstJobOfFile(db: Db, fileId: string): Promise<number | undefined> {
  const link = await db
    .selectFrom('tallyman_job_file')
    .select('job_id')
    .where('file_id', '=', fileId)
    .orderBy('job_id')
    .limit(1)
    .executeTakeFirst()
  return link?.job_id
}

/** Releases the files of a job but those to keep. A file that no job has is removed soon. */
export async function unlinkFiles(trx: Trx, jobId: number, kept: string[] = []): Promise<void> {
  let unlink = trx.deleteFrom('tallyman_job_file').where('job_id', '=', jobId)
  if (kept.length > 0) unlink = unlink.where('file_id', 'not in', kept)
  const released = await unlink.returning('file_id').execute()
  for (const { file_id } of released) {
    // Locks the row, so that a job which links it meanwhile is seen by the next statement.
    const file = trx.updateTable('tallyman_file').where('id', '=', file_id)
    await file.set((eb) => ({ unused_since: eb.ref('unused_since') })).execute()
    const links = trx
      .selectFrom('tallyman_job_file')
      .select('job_id')
      .where('file_id', '=', file_id)
    await file
      .set({ unused_since: AT_ONCE })
      .where((eb) => eb.not(eb.exists(links)))
      .execute()
  }
}

/** What a file is called: a stored one by its name, any other by the last part of its path. */
export async function nameOfFile(db: Db, filePath: string): Promise<string> {
  const id = storedId(filePath)
  const stored = id === undefined ? undefined : await findFile(db, id)
  return stored?.name ?? path.basename(filePath)
}
