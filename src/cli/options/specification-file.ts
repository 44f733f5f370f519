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
  return (await typedPartsOfFile(options, type)).parts
}

/**
 * The same with the type that is asked for, else that of which the file says it is, else an import.
 * The file is read once: it may be a pipe.
 */
export async function typedPartsOfFile(
  options: unknown,
  asked: 'import' | 'export' | undefined,
): Promise<{ type: 'import' | 'export'; parts: Record<string, unknown> }> {
  const path = pathOf(options)
  if (path === undefined) return { type: asked ?? 'import', parts: {} }
  const text = await textOf(path)
  const type = asked ?? typeSaidIn(text) ?? 'import'
  return { type, parts: readSpecification(text, { type, path }) }
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
