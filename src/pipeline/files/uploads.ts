import { rm } from 'node:fs/promises'
import { condemnFile, findFile, type StoredFile } from '../../db/files/stored-files.ts'
import type { Db } from '../../db/store.ts'

/** A file that is being uploaded, or was and waits for its job; undefined where one has it. */
export async function findUpload(db: Db, id: string): Promise<StoredFile | undefined> {
  const file = await findFile(db, id)
  return file?.unused_since ? file : undefined
}

/**
 * Gives an upload up: the next cleanup removes it. Of one that is not whole, which no job can have,
 * the bytes go first: a disk that they fill may have no room to store that it is given up.
 */
export async function giveUpUpload(db: Db, id: string): Promise<void> {
  const file = await findUpload(db, id)
  if (file?.path && file.completed_at === null) await rm(file.path, { force: true })
  await condemnFile(db, id)
}
