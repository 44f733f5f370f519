import { condemnFile, findFile, type StoredFile } from '../../db/files/stored-files.ts'
import type { Db } from '../../db/store.ts'

/** A file that is being uploaded, or was and waits for its job; undefined where one has it. */
export async function findUpload(db: Db, id: string): Promise<StoredFile | undefined> {
  const file = await findFile(db, id)
  return file?.unused_since ? file : undefined
}

/** Gives an upload up: the next cleanup removes it. */
export async function giveUpUpload(db: Db, id: string): Promise<void> {
  await condemnFile(db, id)
}
