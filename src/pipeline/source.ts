import { createHash } from 'node:crypto'
import { open, stat, type FileHandle } from 'node:fs/promises'
import { discard, inflate } from './inflate.ts'

/** Larger windows are no faster, and the garbage they leave is what an import takes in memory. */
const WINDOW_BYTES = 64 * 1024
/** What is asked of the disk at once. */
const READ_BYTES = 512 * 1024

export type SourceOptions = {
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
  const bytes = gzip
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
  for await (const window of readFrom(path, 0, READ_BYTES, { size: READ_BYTES, bytesRead: 0 })) {
    signal?.throwIfAborted()
    hash.update(window)
  }
  return hash.digest('hex')
}

async function isGzip(handle: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
  return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
}

/** Two pieces of memory in turn: while one is handed out, the other is filled. */
async function* readFrom(
  path: string,
  offset: number,
  windowBytes: number,
  progress: { size: number; bytesRead: number },
): AsyncGenerator<Buffer> {
  const handle = await open(path)
  const windows = Math.min(READ_BYTES, progress.size - offset) / windowBytes
  const readBytes = windowBytes * Math.max(1, Math.ceil(windows))
  const [first, second] = [Buffer.allocUnsafe(readBytes), Buffer.allocUnsafe(readBytes)]
  let position = offset
  let next = handle.read(first, 0, readBytes, position)
  try {
    for (;;) {
      const { buffer, bytesRead } = await next
      if (bytesRead === 0) return
      next = handle.read(buffer === first ? second : first, 0, readBytes, position + bytesRead)
      // It is awaited when its turn comes, or not at all.
      next.catch(() => undefined)
      for (let at = 0; at < bytesRead; at += windowBytes) {
        const end = Math.min(at + windowBytes, bytesRead)
        progress.bytesRead = Math.max(progress.bytesRead, position + end)
        yield buffer.subarray(at, end)
      }
      position += bytesRead
    }
  } finally {
    await next.catch(() => undefined)
    await handle.close()
  }
}
