import { constants } from 'node:fs'
import { findFile, type StoredFile } from '../../db/files/stored-files.ts'
import type { Db } from '../../db/store.ts'
import { fileIdentityOf, type FileIdentity } from './identity.ts'
import { openFile } from './open-file.ts'
import type { OpenedFile } from './opened-file.ts'
import { PieceReader } from './piece-reader.ts'

const { O_RDONLY, O_NOFOLLOW } = constants

/** A stored file that is gone, or was never complete. */
export class NoStoredFileError extends Error {
  override name = 'NoStoredFileError'
}

/**
 * Opens a complete file that Tallyman keeps, on whatever machine. Its identity is that of its row,
 * because one folder has another device number on each machine.
 * @throws NoStoredFileError, or a system error where its disk is not here
 */
export async function openStored(db: Db, id: string): Promise<OpenedFile> {
  const found = await findFile(db, id)
  if (found === undefined || found.completed_at === null) throw new NoStoredFileError(id)
  const { name, path, sha256 } = found
  const opened = path === null ? openPieces(db, found) : await openDisk(path, found)
  return {
    ...opened,
    name,
    sha256,
    async isNamed() {
      const now = await findFile(db, id)
      return now !== undefined && now.completed_at === found.completed_at
    },
  }
}

type Opened = Omit<OpenedFile, 'name' | 'sha256' | 'isNamed'>

function openPieces(db: Db, file: StoredFile): Opened {
  const reader = new PieceReader(db, file)
  const identity = identityOfRow(file, file.size)
  return {
    read: (buffer, offset, length, position) => reader.read(buffer, offset, length, position),
    identity,
    identityNow: () => Promise.resolve(identity),
    close: () => Promise.resolve(),
  }
}

async function openDisk(path: string, file: StoredFile): Promise<Opened> {
  const handle = await openFile(path, O_RDONLY | O_NOFOLLOW)
  const identityNow = async () => identityOfRow(file, (await fileIdentityOf(handle)).size)
  return {
    read: (buffer, offset, length, position) => handle.read(buffer, offset, length, position),
    identity: identityOfRow(file, file.size),
    identityNow,
    close: () => handle.close(),
  }
}

/** No device has the number -1, and ids are random. */
function identityOfRow({ id, completed_at }: StoredFile, size: number): FileIdentity {
  const at = Date.parse(completed_at ?? '')
  const ino = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
  return { dev: -1, ino, size, mtimeMs: at, ctimeMs: at }
}
