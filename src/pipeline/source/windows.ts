/** What takes the bytes of a source, and finds something in them from time to time. */
export type ByteReader = {
  /** Whether enough was appended since the last look. */
  readonly isWorthALook: boolean
  /** Holds these bytes until the next look. They are copied: the caller may use them again. */
  append(bytes: Buffer): void
  /** There is nothing behind what was appended. */
  end(): void
  /** Goes on with what is left and what was appended since. */
  look(): void
}

/**
 * Lets the reader look at one window after the other. Its records can be taken until the next one
 * is asked for. When the chunks throw, what was complete before comes first, then the error.
 * @param isStop tells an error by which nothing more is wanted, of what was read before either
 */
export async function* windows(
  chunks: AsyncIterable<Buffer>,
  reader: ByteReader,
  isStop: (error: unknown) => boolean = () => false,
): AsyncGenerator<void> {
  try {
    for await (const chunk of chunks) {
      reader.append(chunk)
      if (reader.isWorthALook) yield reader.look()
    }
  } catch (error) {
    if (!isStop(error)) yield reader.look()
    throw error
  }
  reader.end()
  yield reader.look()
}
