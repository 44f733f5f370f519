import { constants } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { addPieces, bytesInPieces, PIECE_BYTES } from '../../db/files/pieces.ts'
import { leaveDisk, type StoredFile } from '../../db/files/stored-files.ts'
import type { Db, SourceBytes } from '../../db/store.ts'
import { sha256Of } from './identity.ts'
import { isNowhere, NoRegularFileError, openFile } from './open-file.ts'
import { attended, readBlocks } from './read-blocks.ts'

const { O_RDONLY, O_NOFOLLOW } = constants

/**
 * Brings the bytes of a stored file from the disk into the database, on from where an earlier run
 * was interrupted.
 * @returns false where the disk has them no more
 */
export async function intoPieces(
  db: Db,
  file: StoredFile & { path: string },
  reading: SourceBytes = {},
): Promise<boolean> {
  const handle = await openThere(file.path)
  try {
    if (handle === undefined || !(await isWhole(handle, file, reading))) return false
    let position = await bytesInPieces(db, file.id)
    const blocks = readBlocks(handle, { offset: position, blockBytes: PIECE_BYTES })
    for await (const block of attended(blocks, reading)) {
      const bytes = block.subarray(0, file.size - position)
      if (bytes.length === 0) break
      await addPieces(db, file.id, { position, bytes })
      position += bytes.length
    }
    await leaveDisk(db, file.id)
    return true
  } finally {
    await handle?.close()
  }
}

async function openThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await openFile(path, O_RDONLY | O_NOFOLLOW)
  } catch (error) {
    if (isNowhere(error) || error instanceof NoRegularFileError) return undefined
    throw error
  }
}

/** What is behind its end is of an upload that was interrupted. */
async function isWhole(
  handle: FileHandle,
  { size, sha256 }: StoredFile,
  reading: SourceBytes,
): Promise<boolean> {
  if ((await handle.stat()).size < size) return false
  return sha256 === null || (await sha256Of(handle, reading)) === sha256
}
