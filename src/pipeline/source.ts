import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat, type FileHandle } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'

/** Larger windows are no faster, and the garbage they leave is what an import takes in memory. */
const WINDOW_BYTES = 64 * 1024
/** In what pieces a damaged gzip is inflated: as they are read, and around the damage ever smaller. */
const PIECE_BYTES = [Infinity, 256, 1]

/**
 * The gzip source ends before its contents do. Everything that could be inflated was delivered
 * before.
 */
export class SourceTruncatedError extends Error {
  override name = 'SourceTruncatedError'
}

export type SourceOptions = {
  /** Byte of the decompressed source to start at. */
  offset: number
  /** Left out: found out from the first two bytes. */
  gzip?: boolean
  windowBytes?: number
}

/** The bytes of a source, decompressed; its progress is told in bytes on disk. */
export type Source = AsyncIterable<Buffer> & {
  /** Size on disk, when opened. */
  readonly size: number
  /** How far into the file on disk it was read. */
  readonly bytesRead: number
}

export type SourceDescription = {
  size: number
  mtimeMs: number
  ctimeMs: number
  ino: number
  gzip: boolean
}

/**
 * Can be iterated once; the file is opened with the first read and closed with the last or on a
 * `break`.
 */
export async function openSource(path: string, options: SourceOptions): Promise<Source> {
  const { size, gzip } = await describeSource(path)
  const { offset, windowBytes = WINDOW_BYTES } = options
  const progress = { size, bytesRead: 0 }
  const bytes =
    (options.gzip ?? gzip)
      ? discard(
          inflate(() => readFrom(path, 0, windowBytes, progress)),
          offset,
        )
      : readFrom(path, offset, windowBytes, progress)

  return Object.assign(progress, { [Symbol.asyncIterator]: () => bytes })
}

export async function describeSource(path: string): Promise<SourceDescription> {
  const { size, mtimeMs, ctimeMs, ino } = await stat(path)
  const handle = await open(path)
  try {
    return { size, mtimeMs, ctimeMs, ino, gzip: await isGzip(handle) }
  } finally {
    await handle.close()
  }
}

/** SHA-256 of the file as it lies on disk, in hexadecimal digits. */
export async function hashSource(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  const options = { highWaterMark: WINDOW_BYTES, ...(signal === undefined ? {} : { signal }) }
  for await (const chunk of createReadStream(path, options)) {
    hash.update(chunk)
  }
  return hash.digest('hex')
}

async function isGzip(handle: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
  return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
}

async function* readFrom(
  path: string,
  offset: number,
  windowBytes: number,
  progress: { bytesRead: number },
): AsyncGenerator<Buffer> {
  const handle = await open(path)
  try {
    let position = offset
    for (;;) {
      const window = Buffer.allocUnsafe(windowBytes)
      const { bytesRead } = await handle.read(window, 0, windowBytes, position)
      if (bytesRead === 0) return
      position += bytesRead
      progress.bytesRead = Math.max(progress.bytesRead, position)
      yield window.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}

/**
 * zlib keeps to itself what it made of a piece before it met the damage. So it is asked again from
 * the start, and given that piece in smaller ones: what stands before the damaged byte is delivered.
 */
async function* inflate(read: () => AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
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

/** The first bytes in pieces as they come, and all others in pieces of that size. */
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
 * A stream that fails throws away what it still holds. So each piece is written and its output
 * taken before the next one, and the end is only told, which is when zlib finds it missing, to an
 * empty stream. `sound` tells how many bytes it took without complaint.
 */
async function* inflatePieces(
  compressed: AsyncIterable<Buffer>,
  sound: { bytes: number },
): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: WINDOW_BYTES })
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

async function* discard(chunks: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes
  for await (const chunk of chunks) {
    if (left < chunk.length) yield left === 0 ? chunk : chunk.subarray(left)
    left = Math.max(0, left - chunk.length)
  }
}
