import { open } from 'node:fs/promises'
import { isUtf8 } from 'node:buffer'
import { InvalidInputError } from '../../domain/words/errors.ts'
import {
  MAX_FILE_BYTES,
  readSpecification,
  typeSaidIn,
  WrongSpecificationError,
} from '../../domain/specification/specification-file.ts'

/**
 * The parts in the file of `--spec`; none without that option.
 * @throws WrongSpecificationError
 * @throws InvalidInputError if there is no such file
 */
export async function partsOfFile(
  options: unknown,
  type: 'import' | 'export',
): Promise<Record<string, unknown>> {
  const path = pathOf(options)
  return path === undefined ? {} : readSpecification(await textOf(path), { type, path })
}

/** What the file of `--spec` says that it is of; undefined where it does not, or there is none. */
export async function typeOfFile(options: unknown): Promise<'import' | 'export' | undefined> {
  const path = pathOf(options)
  return path === undefined ? undefined : typeSaidIn(await textOf(path))
}

async function textOf(path: string): Promise<string> {
  const bytes = await firstBytes(path)
  if (bytes.length > MAX_FILE_BYTES) {
    const problem = { problem: 'specification_too_large', limit: MAX_FILE_BYTES } as const
    throw new WrongSpecificationError(path, [{ at: [], problem }])
  }
  if (!isUtf8(bytes)) {
    const problem = { problem: 'no_json', line: 1, column: 1 } as const
    throw new WrongSpecificationError(path, [{ at: [], problem }])
  }
  // A byte order mark is no part of the text.
  return bytes.toString().replace(/^\ufeff/, '')
}

/** No more than is allowed, and one byte: the file may be endless. */
async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (isMissing(error))
      throw new InvalidInputError({ problem: 'no_file', path }, { at: ['spec'] })
    throw error
  })
  try {
    if ((await file.stat()).isDirectory()) {
      throw new InvalidInputError({ problem: 'is_folder', path }, { at: ['spec'] })
    }
    const pieces: Buffer[] = []
    let size = 0
    while (size <= MAX_FILE_BYTES) {
      const { bytesRead, buffer } = await file.read({ buffer: Buffer.alloc(64 * 1024) })
      if (bytesRead === 0) break
      pieces.push(buffer.subarray(0, bytesRead))
      size += bytesRead
    }
    return Buffer.concat(pieces)
  } finally {
    await file.close()
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function pathOf(options: unknown): string | undefined {
  const isGiven = typeof options === 'object' && options !== null && 'spec' in options
  return isGiven && typeof options.spec === 'string' ? options.spec : undefined
}
