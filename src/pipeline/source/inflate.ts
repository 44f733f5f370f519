import { createGunzip } from 'node:zlib'

const CHUNK_BYTES = 64 * 1024
/** Piece sizes in bytes to inflate a damaged gzip: as read, then smaller around the damage. */
const PIECE_BYTES = [Infinity, 256, 1]

/** The gzip source is truncated. All that could be inflated was delivered before. */
export class SourceTruncatedError extends Error {
  override name = 'SourceTruncatedError'
}

/**
 * Inflates a gzip source; `read` restarts it.
 *
 * zlib discards the output of a piece in which it meets damage. So inflating restarts from the
 * beginning and splits that piece into smaller ones, to deliver everything before the damaged byte.
 */
export async function* inflate(read: () => AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let delivered = 0
  const sound = { bytes: 0 }
  for (const pieceBytes of PIECE_BYTES) {
    const pieces = cut(read(), sound.bytes, pieceBytes)
    try {
      for await (const chunk of discard(inflatePieces(pieces, sound), delivered)) {
        delivered += chunk.length
        yield chunk
      }
      return
    } catch (error) {
      if (error instanceof SourceTruncatedError || pieceBytes === 1) throw error
    }
  }
}

/**
 * Passes on the first bytes in their own chunks, and splits all others into pieces of the given
 * size.
 */
async function* cut(
  chunks: AsyncIterable<Buffer>,
  asTheyCome: number,
  pieceBytes: number,
): AsyncGenerator<Buffer> {
  let before = asTheyCome
  for await (const chunk of chunks) {
    const head = Math.min(before, chunk.length)
    before -= head
    if (head > 0) yield chunk.subarray(0, head)
    for (let at = head; at < chunk.length; at += pieceBytes) {
      yield chunk.subarray(at, at + pieceBytes)
    }
  }
}

/**
 * A failed stream discards its buffer. So each piece is written and its output taken before the
 * next one, and `end`, at which zlib detects truncation, is called on an empty stream.
 * `sound.bytes` counts the bytes inflated without an error.
 */
async function* inflatePieces(
  compressed: AsyncIterable<Buffer>,
  sound: { bytes: number },
): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES })
  sound.bytes = 0
  let failure: Error | undefined
  let wake = () => {}
  gunzip.on('readable', () => wake())
  gunzip.on('close', () => wake())
  gunzip.on('error', (error) => {
    failure = error
    wake()
  })

  async function* take(isOver: () => boolean): AsyncGenerator<Buffer> {
    for (;;) {
      const piece: unknown = gunzip.read()
      if (Buffer.isBuffer(piece)) yield piece
      else if (failure !== undefined) throw named(failure)
      else if (isOver()) return
      else await new Promise<void>((resolve) => (wake = resolve))
    }
  }

  try {
    for await (const piece of compressed) {
      let written = false
      gunzip.write(piece, () => {
        written = true
        wake()
      })
      yield* take(() => written)
      sound.bytes += piece.length
    }
    gunzip.end()
    yield* take(() => gunzip.readableEnded || gunzip.closed)
  } finally {
    gunzip.destroy()
  }
}

function named(error: Error): Error {
  const cutShort = 'code' in error && error.code === 'Z_BUF_ERROR'
  return cutShort
    ? new SourceTruncatedError('The gzip file is cut short.', { cause: error })
    : error
}

/** Skips the first bytes. */
export async function* discard(
  chunks: AsyncIterable<Buffer>,
  bytes: number,
): AsyncGenerator<Buffer> {
  let left = bytes
  for await (const chunk of chunks) {
    if (left < chunk.length) yield left === 0 ? chunk : chunk.subarray(left)
    left = Math.max(0, left - chunk.length)
  }
}
