/** A consumer of source bytes that scans them from time to time. */
export type ByteReader = {
  /** Whether enough bytes are buffered for another scan. */
  readonly shouldScan: boolean
  /** Buffers the bytes until the next `scan`. It copies them: the caller may reuse them. */
  append(bytes: Buffer): void
  /** Marks the end of the source. */
  end(): void
  /** Moves on to the unread bytes and those appended since. */
  scan(): void
}

/**
 * Feeds the reader window by window. Its records can be taken until the next window is requested.
 * If the chunks throw, the complete records come first, then the error.
 * @param isStop true for an error that means stop: then no more records are wanted
 */
export async function* windows(
  chunks: AsyncIterable<Buffer>,
  reader: ByteReader,
  isStop: (error: unknown) => boolean = () => false,
): AsyncGenerator<void> {
  try {
    for await (const chunk of chunks) {
      reader.append(chunk)
      if (reader.shouldScan) yield reader.scan()
    }
  } catch (error) {
    if (!isStop(error)) yield reader.scan()
    throw error
  }
  reader.end()
  yield reader.scan()
}
