import type { FileHandle } from 'node:fs/promises'
import type { SourceBytes } from '../../db/store.ts'
import { discard, inflate } from './inflate.ts'
import { attended, BLOCK_BYTES, readBlocks } from './read-blocks.ts'

/** Larger windows are no faster, and the garbage they leave is what an import takes in memory. */
const WINDOW_BYTES = 64 * 1024

export type SourceOptions = SourceBytes & {
  /** Byte of the decompressed source to start at. */
  offset: number
  windowBytes?: number
}

/**
 * The bytes of a source, decompressed; its progress is told in bytes on disk. A piece is good until
 * the next one is asked for: its memory is used again.
 */
export type Source = AsyncIterable<Buffer> & {
  /** Size on disk, when opened. */
  readonly size: number
  /** How far into the file on disk it was read. */
  readonly bytesRead: number
}

/** Can be iterated once. */
export function readSource(
  handle: FileHandle,
  { size, gzip }: { size: number; gzip: boolean },
  { offset, windowBytes = WINDOW_BYTES, ...reading }: SourceOptions,
): Source {
  const progress = { size, bytesRead: 0 }
  const windows = (from: number) =>
    attended(readWindows(handle, from, windowBytes, progress), reading)
  // What is packed in a single window may be a thousand times as long, or nothing at all.
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

export async function isGzip(handle: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
  return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
}

async function* readWindows(
  handle: FileHandle,
  offset: number,
  windowBytes: number,
  progress: { size: number; bytesRead: number },
): AsyncGenerator<Buffer> {
  const windows = Math.min(BLOCK_BYTES, progress.size - offset) / windowBytes
  const blockBytes = windowBytes * Math.max(1, Math.ceil(windows))
  let position = offset
  for await (const block of readBlocks(handle, { offset, blockBytes })) {
    for (let at = 0; at < block.length; at += windowBytes) {
      const end = Math.min(at + windowBytes, block.length)
      progress.bytesRead = Math.max(progress.bytesRead, position + end)
      yield block.subarray(at, end)
    }
    position += block.length
  }
}
