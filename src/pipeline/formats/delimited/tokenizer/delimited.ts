import type { DelimitedRecord } from './delimited-record.ts'
import { dialect, type GivenDialect } from '../dialect/dialect.ts'
import { MAX_RECORD_BYTES } from '../../limits.ts'
import { windows } from '../../../source/windows.ts'
import { RecordScanner } from './record-scanner.ts'
import type { DelimitedOptions } from './window-scanner.ts'

/** Some records and the position after them, which a checkpoint stores. */
export type DelimitedBatch = {
  records: DelimitedRecord[]
  /** Empty lines between them, which are not records. */
  empty: number
  offset: number
  line: number
  record: number
}

/** Bounds the memory for a window of very short records. */
const RECORDS_PER_BATCH = 4096

/**
 * Splits delimited text (RFC 4180, any mix of line ends) into records. It is fault-tolerant: a
 * damaged record gets a flag and costs no other record. A quote error rejects one physical line,
 * and scanning restarts at the next line, so an open quote does not swallow the rest of the source.
 *
 * The result does not depend on chunk boundaries, and resuming at the position of any record gives
 * the same records. If the chunks throw, the complete records come first, then the error.
 */
export async function* tokenize(
  chunks: AsyncIterable<Buffer>,
  options: GivenDialect & DelimitedOptions,
): AsyncGenerator<DelimitedBatch> {
  const scanner = scannerFor(options)
  for await (const _ of windows(chunks, scanner)) yield* batches(scanner)
}

export function scannerFor(options: GivenDialect & DelimitedOptions): RecordScanner {
  return new RecordScanner(dialect.parse(options), { maxRecordBytes: MAX_RECORD_BYTES, ...options })
}

function* batches(scanner: RecordScanner): Generator<DelimitedBatch> {
  for (;;) {
    const records: DelimitedRecord[] = []
    const before = scanner.empty
    let record = scanner.next()
    while (record !== undefined) {
      records.push(record)
      record = records.length < RECORDS_PER_BATCH ? scanner.next() : undefined
    }
    const empty = scanner.empty - before
    if (records.length > 0 || empty > 0) yield { records, empty, ...scanner.position }
    if (records.length < RECORDS_PER_BATCH) return
  }
}
