import type { Db } from '../../db/store.ts'
import { storedId, type SourcePlace } from '../../domain/specification/stored-path.ts'
import { openBeneath } from '../files/open-file.ts'
import { openedOnDisk, type OpenedFile } from '../files/opened-file.ts'
import { openStored } from '../files/stored-file.ts'
import type { KnownHashes } from './known-hashes.ts'

/** Size in bytes and SHA-256 of a source that was read; null where a job has not read it yet. */
type KnownSource = { size: number | null; sha256: string | null }

export type HashedReading = { hashes: KnownHashes; signal: AbortSignal }

/** An open file, and what tells its versions apart. */
type KeptSource = { file: OpenedFile; version: string }

/**
 * Opens the source of a job for a download: a stored file, or one of an inbox that is as it was
 * read. Undefined for any other, or one that is gone or changed.
 */
export async function openKeptSource(
  db: Db,
  place: SourcePlace,
  known: KnownSource,
  { hashes, signal }: HashedReading,
): Promise<KeptSource | undefined> {
  const id = storedId(place.path)
  if (id !== undefined) {
    // A stored file never changes.
    const file = await openStored(db, id).catch(() => undefined)
    return file && { file, version: id }
  }
  const file = await openInbox(place).catch(() => undefined)
  const version = file && (await versionOf(file, known, { hashes, signal }).catch(() => undefined))
  if (file !== undefined && version !== undefined) return { file, version }
  await file?.close()
  return undefined
}

async function versionOf(
  file: OpenedFile,
  { size, sha256 }: KnownSource,
  { hashes, signal }: HashedReading,
): Promise<string | undefined> {
  if (size !== null && file.identity.size !== size) return undefined
  const found = await hashes.of(file, signal)
  return sha256 === null || found === sha256 ? found : undefined
}

async function openInbox({ path, beneath }: SourcePlace): Promise<OpenedFile | undefined> {
  if (beneath === null) return undefined
  const handle = await openBeneath(beneath, path)
  try {
    return await openedOnDisk(path, handle)
  } catch (error) {
    await handle.close()
    throw error
  }
}
