import type { FileWriter } from '../../pipeline/files/file-writer.ts'
import { ConflictError, isOutOfSpace } from '../../domain/words/errors.ts'
import { RequestRefusal } from '../ground/request-refusal.ts'

/** How long nothing may arrive before an upload counts as broken off. */
const SILENCE_MS = 60_000
const MEBIBYTE = 1024 * 1024

/**
 * Writes the bytes as they arrive; memory does not grow with them. What cannot be written is still
 * read to its end: who sends would not see an answer.
 * @param most the size in bytes that the file may reach
 * @throws RequestRefusal for a file that is too large or stops arriving, ConflictError without room
 */
export async function receiveBytes(
  bytes: AsyncIterable<Uint8Array>,
  writer: FileWriter,
  most: number,
): Promise<void> {
  let size = writer.size
  let refused: { why: unknown } | undefined
  for await (const chunk of whileTheyCome(bytes)) {
    if (refused !== undefined) continue
    size += chunk.length
    try {
      if (size > most) throw tooLarge(most)
      await writer.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length))
    } catch (error) {
      refused = { why: error }
    }
  }
  if (refused === undefined) return
  const { why } = refused
  throw isOutOfSpace(why) ? new ConflictError({ problem: 'no_room' }, { cause: why }) : why
}

export function tooLarge(most: number): RequestRefusal {
  const megabytes = Math.floor(most / MEBIBYTE)
  return new RequestRefusal(413, { problem: 'upload_too_large', megabytes })
}

async function* whileTheyCome(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await inTime(iterator.next())
      if (next.done === true) return
      yield next.value
    }
  } finally {
    // Not awaited: a source that stays silent answers nothing.
    iterator.return?.().catch(() => undefined)
  }
}

async function inTime<Result>(waiting: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const silent = new Promise<never>((_, reject) => {
    const refusal = { problem: 'upload_silent', seconds: SILENCE_MS / 1_000 } as const
    timer = setTimeout(() => reject(new RequestRefusal(408, refusal)), SILENCE_MS)
  })
  try {
    return await Promise.race([waiting, silent])
  } finally {
    clearTimeout(timer)
  }
}
