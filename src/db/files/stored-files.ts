import type { Selectable } from 'kysely'
import type { FileTable } from '../own/file-tables.ts'
import type { Db, Trx } from '../store.ts'

export type StoredFile = Selectable<FileTable>

/** What `unused_since` says of a file that may go at once, and that no job may use any more. */
export const AT_ONCE = ''

type NewFile = Pick<StoredFile, 'id' | 'name' | 'path'> & {
  now: Date
  actor: string
  /** Whether a job has it already; any other file goes where no job comes. */
  isOfJob: boolean
}

/** Creates an empty file; a no-op where it is there already. */
export async function createFile(
  db: Db | Trx,
  { id, name, path, now, actor, isOfJob }: NewFile,
): Promise<void> {
  const at = now.toISOString()
  await db
    .insertInto('tallyman_file')
    .values({
      id,
      name,
      path,
      size: 0,
      sha256: null,
      created_at: at,
      created_by: actor,
      completed_at: null,
      unused_since: isOfJob ? null : at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function findFile(db: Db | Trx, id: string): Promise<StoredFile | undefined> {
  return await db.selectFrom('tallyman_file').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Stores the size of a file that is being written, which is not complete. */
export async function resizeFile(trx: Trx, id: string, size: number): Promise<void> {
  await trx
    .updateTable('tallyman_file')
    .set({ size, sha256: null, completed_at: null })
    .where('id', '=', id)
    .execute()
}

/** Marks a file as complete: from now on its bytes never change. */
export async function completeFile(
  db: Db | Trx,
  id: string,
  { now, size, sha256 }: { now: Date; size: number; sha256: string | null },
): Promise<void> {
  await db
    .updateTable('tallyman_file')
    .set({ size, sha256, completed_at: now.toISOString() })
    .where('id', '=', id)
    .execute()
}

/**
 * Lets an incomplete file grow from `position` to `size`, and keeps it from going as unused.
 * @returns false where it has another size by now, or is complete, condemned or gone
 */
export async function growFile(
  trx: Trx,
  id: string,
  { position, size, now }: { position: number; size: number; now: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('tallyman_file')
    .set({ size, unused_since: now.toISOString() })
    .where('id', '=', id)
    .where('size', '=', position)
    .where('completed_at', 'is', null)
    .where('unused_since', '<>', AT_ONCE)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** Lets a file that no job has go with the next cleanup. */
export async function condemnFile(db: Db | Trx, id: string): Promise<void> {
  await db
    .updateTable('tallyman_file')
    .set({ unused_since: AT_ONCE })
    .where('id', '=', id)
    .where('unused_since', 'is not', null)
    .execute()
}

/** Files on a disk; their bytes lie nowhere else. */
export async function filesOnDisk(db: Db): Promise<(StoredFile & { path: string })[]> {
  return await db
    .selectFrom('tallyman_file')
    .selectAll()
    .where('path', 'is not', null)
    .$narrowType<{ path: string }>()
    .orderBy('id')
    .execute()
}

/** Says of a file that its bytes now lie in pieces. */
export async function leaveDisk(db: Db, id: string): Promise<void> {
  await db.updateTable('tallyman_file').set({ path: null }).where('id', '=', id).execute()
}
