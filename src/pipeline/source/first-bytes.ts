import { sourceFailure } from './source-failure.ts'
import type { SourceFile } from './source-file.ts'

/** Size of the sample for sniffing, in bytes. */
export const FIRST_BYTES = 64 * 1024

/** The beginning of a source. */
export type HeadBytes = { bytes: Buffer; /** True if it is the whole source. */ isWhole: boolean }

export async function readFirstBytes(source: SourceFile, offset = 0): Promise<HeadBytes> {
  const head: Buffer[] = []
  let length = 0
  let isRead = true
  try {
    // Chunks of a compressed source may be as short as a line.
    for await (const chunk of source.read({ offset })) {
      head.push(Buffer.from(chunk))
      length += chunk.length
      if (length > FIRST_BYTES) {
        isRead = false
        break
      }
    }
  } catch (error) {
    const failure = sourceFailure(error, source.path)
    // The run itself meets the damage again, after the records before it.
    if (failure === undefined || length === 0) throw failure ?? error
  }
  const bytes = Buffer.concat(head).subarray(0, FIRST_BYTES)
  return { bytes, isWhole: length <= FIRST_BYTES && isRead }
}
