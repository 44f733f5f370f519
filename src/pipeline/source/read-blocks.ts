import type { FileHandle } from 'node:fs/promises'
import type { SourceBytes } from '../../db/store.ts'

/** What is asked of the disk at once. */
export const BLOCK_BYTES = 512 * 1024

/**
 * The bytes of an open file, from `offset` on. Two pieces of memory are used in turn: while one is
 * handed out, the other is filled. So a block is good until the next one is asked for.
 */
export async function* readBlocks(
  handle: FileHandle,
  { offset = 0, blockBytes = BLOCK_BYTES }: { offset?: number; blockBytes?: number } = {},
): AsyncGenerator<Buffer> {
  const [first, second] = [Buffer.allocUnsafe(blockBytes), Buffer.allocUnsafe(blockBytes)]
  let position = offset
  let next = handle.read(first, 0, blockBytes, position)
  try {
    for (;;) {
      const { buffer, bytesRead } = await next
      if (bytesRead === 0) return
      position += bytesRead
      next = handle.read(buffer === first ? second : first, 0, blockBytes, position)
      // It is awaited when its turn comes, or not at all.
      next.catch(() => undefined)
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await next.catch(() => undefined)
  }
}

/**
 * The same pieces, as long as they are wanted.
 * @throws the reason of the signal, once it is aborted
 */
export async function* attended(
  pieces: AsyncIterable<Buffer>,
  { stopSignal, progressed }: SourceBytes,
): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    stopSignal?.throwIfAborted()
    progressed?.()
    yield piece
  }
}
