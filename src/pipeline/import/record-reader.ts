import type { Trx } from '../../db/store.ts'
import type { Position } from '../../domain/jobs/checkpoint.ts'
import type { DelimitedRecord } from '../formats/delimited/tokenizer/delimited-record.ts'
import type { RecordScanner } from '../formats/delimited/tokenizer/record-scanner.ts'

/** So many bytes of records are taken at once, or one record: each may say a lot about itself. */
const CHUNK_BYTES = 256 * 1024

/** Where an import takes its records from. */
export type RecordReader = {
  /** Behind the records that were taken. */
  readonly position: Position
  /** Empty lines so far. */
  readonly empty: number
  hasNext(): Promise<boolean>
  /** Takes the next records, so many at most, inside the caller's transaction; none at the end. */
  next(trx: Trx, most: number): Promise<DelimitedRecord[]>
  /** @returns what goes back to here, once the transaction is undone: the same records come again */
  mark(): () => void
}

/** The next records that the scanner holds, so many at most. */
export function recordsOf(
  scanner: RecordScanner,
  most: number,
  mostBytes = Infinity,
): DelimitedRecord[] {
  const records: DelimitedRecord[] = []
  let bytes = 0
  while (records.length < most && bytes < mostBytes) {
    const record = scanner.next()
    if (record === undefined) break
    records.push(record)
    bytes += record.end - record.offset
  }
  return records
}

/** The records that a scanner holds. */
export function readerOf(scanner: RecordScanner): RecordReader {
  const mark = () => {
    const here = scanner.mark
    return () => scanner.back(here)
  }
  return {
    get position() {
      return scanner.position
    },
    get empty() {
      return scanner.empty
    },
    hasNext() {
      const back = mark()
      if (scanner.next() === undefined) return Promise.resolve(false)
      back()
      return Promise.resolve(true)
    },
    next(_trx, most) {
      return Promise.resolve(recordsOf(scanner, most, CHUNK_BYTES))
    },
    mark,
  }
}
