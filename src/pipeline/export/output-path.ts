import type { Stats } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Store } from '../../db/store.ts'
import { InvalidInputError } from '../../domain/words/errors.ts'

/**
 * Makes sure that a file may appear under this name. What is written gets its name at the end, in
 * place of what is there: of a device or a pipe, that would take it away from everybody, and of the
 * database, all that is in it.
 * @returns what is there
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

/** The same place without links. */
export async function resolvePlace(file: string): Promise<string> {
  return path.join(await realpath(path.dirname(file)), path.basename(file))
}

/** Also by another way to it, and where neither is there yet. */
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
