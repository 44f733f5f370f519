import type { SourceBytes } from '../../db/store.ts'
import { discard, inflate } from './inflate.ts'
import type { FileBytes } from '../files/file-bytes.ts'
import { attended, BLOCK_BYTES, readBlocks } from '../files/read-blocks.ts'

/**
 * Window size in bytes. Larger windows are no faster, and their garbage increases the memory of an
 * import.
 */
const WINDOW_BYTES = 64 * 1024

export type SourceOptions = SourceBytes & {
  /** Byte offset in the decompressed source. */
  offset: number
  windowBytes?: number
}

/**
 * The decompressed bytes of a source; progress is in bytes on disk. A chunk is valid only until the
 * next one is requested, because its memory is reused.
 */
export type ByteSource = AsyncIterable<Buffer> & {
  /** Size on disk in bytes, when opened. */
  readonly size: number
  /** Number of bytes read from the file on disk. */
  readonly bytesRead: number
}

/** The source can be iterated once. */
export function readSource(
  file: FileBytes,
  { size, gzip }: { size: number; gzip: boolean },
  { offset, windowBytes = WINDOW_BYTES, ...reading }: SourceOptions,
): ByteSource {
  const progress = { size, bytesRead: 0 }
  const windows = (from: number) =>
    attended(readWindows(file, from, windowBytes, progress), reading)
  // A single window may inflate to a thousand times its size, or to nothing.
  const bytes = gzip
    ? discard(
        attended(
          inflate(() => windows(0)),
          reading,
        ),
        offset,
      )
    : windows(offset)

  return Object.assign(progress, { [Symbol.asyncIterator]: () => bytes })
}

export async function isGzip(file: FileBytes): Promise<boolean> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
  return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
}

async function* readWindows(
  file: FileBytes,
  offset: number,
  windowBytes: number,
  progress: { size: number; bytesRead: number },
): AsyncGenerator<Buffer> {
  const windows = Math.min(BLOCK_BYTES, progress.size - offset) / windowBytes
  const blockBytes = windowBytes * Math.max(1, Math.ceil(windows))
  let position = offset
  for await (const block of readBlocks(file, { offset, blockBytes })) {
    for (let at = 0; at < block.length; at += windowBytes) {
      const end = Math.min(at + windowBytes, block.length)
      progress.bytesRead = Math.max(progress.bytesRead, position + end)
      yield block.subarray(at, end)
    }
    position += block.length
  }
}
