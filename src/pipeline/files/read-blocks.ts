import type { SourceBytes } from '../../db/store.ts'
import type { FileBytes } from './file-bytes.ts'

/** Size of a read, in bytes. */
export const BLOCK_BYTES = 512 * 1024

/**
 * Reads an open file from `offset` with double buffering: one buffer is handed out while the other
 * is filled. So a block is valid only until the next one is requested.
 */
export async function* readBlocks(
  file: FileBytes,
  { offset = 0, blockBytes = BLOCK_BYTES }: { offset?: number; blockBytes?: number } = {},
): AsyncGenerator<Buffer> {
  const [first, second] = [Buffer.allocUnsafe(blockBytes), Buffer.allocUnsafe(blockBytes)]
  let position = offset
  let next = file.read(first, 0, blockBytes, position)
  try {
    for (;;) {
      const { buffer, bytesRead } = await next
      if (bytesRead === 0) return
      position += bytesRead
      next = file.read(buffer === first ? second : first, 0, blockBytes, position)
      // It is awaited in its turn, or never.
      next.catch(() => undefined)
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await next.catch(() => undefined)
  }
}

/**
 * Passes chunks on, reports progress, and stops on abort.
 * @throws the reason of the signal once it is aborted
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
