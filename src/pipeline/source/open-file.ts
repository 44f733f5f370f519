import { constants, existsSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import path from 'node:path'

const { O_RDONLY, O_NONBLOCK, O_NOFOLLOW, O_DIRECTORY } = constants

/** By these names Linux leads to what is open, whatever lies at its path by now. */
const DESCRIPTORS = '/proc/self/fd'
const hasDescriptors = existsSync(DESCRIPTORS)

/** A folder, a pipe, a device: something that is no file with an end. */
export class NoRegularFileError extends Error {
  override name = 'NoRegularFileError'
}

/**
 * Opens a regular file. A pipe is not waited for.
 * @param flags besides those: to write, to follow no link
 * @throws NoRegularFileError, or what the system says
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
 * Opens a file that lies beneath a folder, and follows no link on the way: neither one that was put
 * in the place of the file, nor one in the place of a folder.
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

/** Nothing is there, nor can be: its folder is a file by now, or no file may have so long a name. */
export function isNowhere(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(codeOf(error))
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
