import type { TextPosition } from '../../../../domain/jobs/checkpoint.ts'
import type { DelimitedRecord } from '../tokenizer/delimited-record.ts'
import { tokenize } from '../tokenizer/delimited.ts'
import type { Dialect } from '../dialect/dialect.ts'
import { SAMPLE_BYTES } from '../../limits.ts'
import { sourceFailure } from '../../../source/source-failure.ts'
import type { SourceFile } from '../../../source/source-file.ts'

export type From = TextPosition & Dialect & { columns?: number | undefined }

class SampleReadError extends Error {
  override name = 'SampleReadError'
}

/**
 * The complete records in the first sample bytes, at most `limit`; at least one, even the longest
 * allowed.
 */
export async function firstRecords(
  source: SourceFile,
  from: From,
  limit: number,
): Promise<DelimitedRecord[]> {
  const found: DelimitedRecord[] = []
  try {
    for await (const { records } of tokenize(beginning(), from)) {
      found.push(...records.slice(0, limit - found.length))
      if (found.length >= limit) break
    }
  } catch (error) {
    // The run itself meets the truncation again, after the records before it.
    const isRead = error instanceof SampleReadError
    if (!isRead && sourceFailure(error, source.path) === undefined) throw error
  }
  return found

  async function* beginning(): AsyncGenerator<Buffer> {
    let length = 0
    for await (const chunk of source.read({ offset: from.offset })) {
      if (length > SAMPLE_BYTES && found.length > 0) throw new SampleReadError()
      length += chunk.length
      yield chunk
    }
  }
}
