import { isUntouched } from './identity.ts'
import type { OpenedFile } from './opened-file.ts'

const CHUNK_BYTES = 64 * 1024

/** Consecutive bytes of a file: from the first to before the last. */
export type ByteSpan = { start: number; end: number }

/**
 * Streams an open file, or a part of it, and closes it. The last bytes are sent only if the file is
 * unchanged, so that a changed one is a broken download and never a whole file.
 */
export function streamFile(
  file: OpenedFile,
  { start, end }: ByteSpan,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = start
  return new ReadableStream({
    async pull(controller) {
      try {
        const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, end - at))
        const { bytesRead } = await file.read(chunk, 0, chunk.length, at)
        at += bytesRead
        const isEnd = at === end || bytesRead === 0
        if (isEnd && !isUntouched(await file.identityNow(), file.identity)) {
          throw new Error('The file was changed while it was sent.')
        }
        if (bytesRead > 0) controller.enqueue(chunk.subarray(0, bytesRead))
        if (!isEnd) return
        controller.close()
      } catch (error) {
        controller.error(error)
      }
      await file.close()
    },
    cancel: () => file.close(),
  })
}
