import type { DelimitedRecord } from './delimited-record.ts'
import { dialect, type GivenDialect } from '../dialect/dialect.ts'
import { MAX_RECORD_BYTES } from '../../limits.ts'
import { windows } from '../../../source/windows.ts'
import { RecordScanner } from './record-scanner.ts'

export type DelimitedOptions = {
  /** Where the chunks begin: byte of the decompressed source, behind any byte order mark. */
  offset: number
  /** The physical line at `offset`, from 1. */
  line: number
  /** Records before `offset`. */
  record: number
  maxRecordBytes?: number
  /** Of how many bytes a text is made at once, where records are no longer. */
  windowBytes?: number | undefined
  /** How many bytes are gathered, at least, before their records can be taken. */
  blockBytes?: number | undefined
  /** A record with another number of columns gets the flag `columns`. */
  columns?: number | undefined
}

/** Some records, and the position behind them: what a checkpoint holds. */
export type DelimitedBatch = {
  records: DelimitedRecord[]
  /** Empty lines between them: they are no records. */
  empty: number
  offset: number
  line: number
  record: number
}

/** Bounds what a window of very short records costs in memory. */
const RECORDS_PER_BATCH = 4096

/**
 * Splits delimited text (RFC 4180, any mix of line ends) into records. Nothing in the source makes
 * it fail: a damaged record comes with a flag, and costs no other record. A quote error rejects one
 * physical line, and the next line starts afresh: so an open quote does not swallow the rest of the
 * source.
 *
 * What comes does not depend on how the chunks are cut, and going on from any record's position
 * gives the same records as before. When the chunks throw, the records that were complete come
 * first, then the error.
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
