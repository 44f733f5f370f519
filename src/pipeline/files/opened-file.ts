import { stat, type FileHandle } from 'node:fs/promises'
import type { FileBytes } from './file-bytes.ts'
import { fileIdentityOf, isSameFile, settledIdentity, type FileIdentity } from './identity.ts'

/** An open file on a disk, or in pieces in the database. */
export type OpenedFile = FileBytes & {
  /** What it is called in messages. */
  name: string
  /** When it was opened. */
  identity: FileIdentity
  /** SHA-256 in hexadecimal, where it is known without reading. */
  sha256: string | null
  /** At present; another one where it has been written. */
  identityNow(): Promise<FileIdentity>
  /** Whether its path still leads to it. */
  isNamed(): Promise<boolean>
  close(): Promise<void>
}

/** Waits for a tick after a recent write, so that a later one is noticed. */
export async function openedOnDisk(path: string, handle: FileHandle): Promise<OpenedFile> {
  const identity = await settledIdentity(handle)
  return {
    name: path,
    sha256: null,
    read: (buffer, offset, length, position) => handle.read(buffer, offset, length, position),
    identity,
    identityNow: () => fileIdentityOf(handle),
    async isNamed() {
      const named = await stat(path).catch(() => undefined)
      return named !== undefined && isSameFile(named, identity)
    },
    close: () => handle.close(),
  }
}
