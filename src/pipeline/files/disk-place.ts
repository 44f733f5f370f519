import { constants } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import path from 'node:path'
import type { Store } from '../../db/store.ts'
import { sourcesFolderOf, type FilesPlace } from '../../domain/specification/kept-files.ts'
import { InvalidInputError } from '../../domain/words/errors.ts'
import { openFile } from './open-file.ts'
import { writeAll } from './own-file.ts'

const { O_WRONLY, O_NOFOLLOW } = constants

/** Private to the user who runs Tallyman, since the files contain records. */
const MODE = { file: 0o600, folder: 0o700 }

/** The path of a new stored file; null in the database. */
export function pathOfNew(
  place: FilesPlace,
  { file }: Pick<Store, 'file'>,
  id: string,
): string | null {
  const folder = sourcesFolderOf(place)
  if (folder !== undefined) return path.join(folder, id)
  return place === 'beside' && file !== undefined
    ? path.resolve(`${file.beside}-input-${id}`)
    : null
}

/**
 * Creates an empty file, and its folder in a folder that exists.
 * @throws InvalidInputError where that does not exist
 */
export async function createOnDisk(file: string): Promise<void> {
  const folder = path.dirname(file)
  await mkdir(folder, { mode: MODE.folder }).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EEXIST') return
    const missing = { problem: 'no_folder', path: path.dirname(folder) } as const
    throw code === 'ENOENT' ? new InvalidInputError(missing, { cause: error }) : error
  })
  await (await open(file, 'wx', MODE.file)).close()
}

/** Writes and syncs, so that what is said to be stored survives the machine. */
export async function appendToDisk(file: string, bytes: Buffer, position: number): Promise<void> {
  const handle = await openFile(file, O_WRONLY | O_NOFOLLOW)
  try {
    await writeAll(handle, bytes, position)
    await handle.datasync()
  } finally {
    await handle.close()
  }
}
