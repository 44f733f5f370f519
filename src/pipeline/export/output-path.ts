import type { Stats } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Store } from '../../db/store.ts'
import { InvalidInputError } from '../../domain/words/errors.ts'

/**
 * Checks that a result may be renamed to this path. The rename replaces what is there, which would
 * destroy a device or pipe for everybody, or the database.
 * @returns the existing file, if any
 * @throws InvalidInputError
 */
export async function requireWritablePath(
  file: string,
  database: Pick<Store, 'file'>,
): Promise<Stats | undefined> {
  const folder = path.dirname(file)
  const parent = await stat(folder).catch(() => undefined)
  if (!parent?.isDirectory()) throw new InvalidInputError({ problem: 'no_folder', path: folder })

  const found = await stat(file).catch(() => undefined)
  if (found?.isDirectory()) throw new InvalidInputError({ problem: 'is_folder', path: file })
  for (const own of database.file?.names ?? []) {
    if (await isSamePlace(file, found, own)) {
      throw new InvalidInputError({ problem: 'is_database', path: file })
    }
  }
  if (found !== undefined && !found.isFile()) {
    throw new InvalidInputError({ problem: 'no_plain_file', path: file })
  }
  return found
}

/** The same path with the links of its folder resolved. */
export async function resolvePlace(file: string): Promise<string> {
  return path.join(await realpath(path.dirname(file)), path.basename(file))
}

/** Compares files by identity, or folders and names if one of the files does not exist. */
async function isSamePlace(file: string, found: Stats | undefined, own: string): Promise<boolean> {
  const other = await stat(own).catch(() => undefined)
  if (found !== undefined && other !== undefined) {
    return found.ino === other.ino && found.dev === other.dev
  }
  return path.basename(file) === path.basename(own) && (await isSameFolder(file, own))
}

async function isSameFolder(one: string, other: string): Promise<boolean> {
  const folders = [one, other].map((file) => realpath(path.dirname(path.resolve(file))))
  const [first, second] = await Promise.all(folders)
  return first === second
}
