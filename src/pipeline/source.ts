import type { FileHandle } from 'node:fs/promises'
import type { Reading } from '../db/store.ts'
import { discard, inflate } from './inflate.ts'
import { BLOCK_BYTES, readBlocks } from './read-blocks.ts'

/** Larger windows are no faster, and the garbage they leave is what an import takes in memory. */
const WINDOW_BYTES = 64 * 1024

export type SourceOptions = Reading & {
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
  const bytes = gzip
    ? discard(
        inflate(() => readWindows(handle, { offset: 0, windowBytes, progress, ...reading })),
        offset,
      )
    : readWindows(handle, { offset, windowBytes, progress, ...reading })

  return Object.assign(progress, { [Symbol.asyncIterator]: () => bytes })
}

export async function isGzip(handle: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
  return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
}

type WindowOptions = Required<Pick<SourceOptions, 'offset' | 'windowBytes'>> &
  Reading & { progress: { size: number; bytesRead: number } }

/** What is packed in a single window may be a thousand times as long: a stop is heard between them. */
async function* readWindows(
  handle: FileHandle,
  { offset, windowBytes, progress, ...reading }: WindowOptions,
): AsyncGenerator<Buffer> {
  const windows = Math.min(BLOCK_BYTES, progress.size - offset) / windowBytes
  const blockBytes = windowBytes * Math.max(1, Math.ceil(windows))
  let position = offset
  for await (const block of readBlocks(handle, { offset, blockBytes, ...reading })) {
    for (let at = 0; at < block.length; at += windowBytes) {
      reading.stopSignal?.throwIfAborted()
      const end = Math.min(at + windowBytes, block.length)
      progress.bytesRead = Math.max(progress.bytesRead, position + end)
      yield block.subarray(at, end)
    }
    position += block.length
  }
}
