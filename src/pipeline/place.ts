import type { Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { InvalidInputError } from '../domain/errors.ts'

/**
 * Makes sure that a file may appear under this name. What is written gets its name at the end, in
 * place of what is there: of a device or a pipe, that would take it away from everybody.
 * @returns what is there
 * @throws InvalidInputError
 */
export async function requirePlace(path: string): Promise<Stats | undefined> {
  const folder = await stat(dirname(path)).catch(() => undefined)
  if (!folder?.isDirectory()) {
    throw new InvalidInputError({ problem: 'no_folder', path: dirname(path) })
  }
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory()) throw new InvalidInputError({ problem: 'is_folder', path })
  if (found !== undefined && !found.isFile()) {
    throw new InvalidInputError({ problem: 'no_plain_file', path })
  }
  return found
}
