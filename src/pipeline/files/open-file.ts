import { constants, existsSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import path from 'node:path'

const { O_RDONLY, O_NONBLOCK, O_NOFOLLOW, O_DIRECTORY } = constants

/** Through these paths, Linux leads to the open file, even if its path now leads elsewhere. */
const DESCRIPTORS = '/proc/self/fd'
const hasDescriptors = existsSync(DESCRIPTORS)

/** A folder, pipe or device instead of a regular file. */
export class NoRegularFileError extends Error {
  override name = 'NoRegularFileError'
}

/**
 * Opens a regular file, without waiting for a pipe.
 * @param flags further flags, for example to write or not to follow a link
 * @throws NoRegularFileError, or a system error
 */
export async function openFile(file: string, flags = O_RDONLY): Promise<FileHandle> {
  const handle = await open(file, flags | O_NONBLOCK).catch((error: unknown) => {
    throw codeOf(error) === 'ENXIO' ? new NoRegularFileError(file, { cause: error }) : error
  })
  try {
    if (!(await handle.stat()).isFile()) throw new NoRegularFileError(file)
    return handle
  } catch (error) {
    await handle.close()
    throw error
  }
}

/**
 * Opens a file beneath a folder without following links, neither for the file nor for a folder on
 * the path.
 * @throws Error if the path is not beneath the root, NoRegularFileError, or a system error
 */
export async function openBeneath(root: string, file: string): Promise<FileHandle> {
  const way = path.relative(root, file).split(path.sep)
  if (way.includes('..') || path.isAbsolute(path.relative(root, file))) {
    throw new Error(`${file} is not beneath ${root}`)
  }
  return await openOnWay(path.dirname(root), [path.basename(root), ...way])
}

async function openOnWay(folder: string, [name = '', ...way]: string[]): Promise<FileHandle> {
  const place = path.join(folder, name)
  if (way.length === 0) return await openFile(place, O_RDONLY | O_NOFOLLOW)

  const handle = await open(place, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
  try {
    return await openOnWay(hasDescriptors ? `${DESCRIPTORS}/${handle.fd}` : place, way)
  } finally {
    await handle.close()
  }
}

/**
 * Whether no file can exist at the path: it is missing, a parent is a file, or the name is too
 * long.
 */
export function isNowhere(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(codeOf(error))
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
