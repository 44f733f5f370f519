import type { Trx } from '../../db/store.ts'
import type { Position } from '../../domain/jobs/checkpoint.ts'
import type { RecordReader, SourceRecord } from '../formats/source-reader.ts'

/** So many bytes of records are taken at once, or one record: each may say a lot about itself. */
const CHUNK_BYTES = 256 * 1024

/** Where an import takes its records from. */
export type RecordFeed = {
  /** Behind the records that were taken. */
  readonly position: Position
  /** Empty lines so far. */
  readonly empty: number
  hasNext(): Promise<boolean>
  /** Takes the next records, so many at most, inside the caller's transaction; none at the end. */
  next(trx: Trx, most: number): Promise<SourceRecord[]>
  /** @returns what goes back to here, once the transaction is undone: the same records come again */
  mark(): () => void
}

/** The next records that the reader holds, so many at most. */
export function recordsOf(
  reader: RecordReader,
  most: number,
  mostBytes = Infinity,
): SourceRecord[] {
  const records: SourceRecord[] = []
  let bytes = 0
  while (records.length < most && bytes < mostBytes) {
    const record = reader.next()
    if (record === undefined) break
    records.push(record)
    bytes += record.bytes
  }
  return records
}

/** The records that a reader holds. */
export function feedOf(reader: RecordReader): RecordFeed {
  const mark = () => {
    const here = reader.mark
    return () => reader.back(here)
  }
  return {
    get position() {
      return reader.position
    },
    get empty() {
      return reader.empty
    },
    hasNext() {
      const back = mark()
      if (reader.next() === undefined) return Promise.resolve(false)
      back()
      return Promise.resolve(true)
    },
    next(_trx, most) {
      return Promise.resolve(recordsOf(reader, most, CHUNK_BYTES))
    },
    mark,
  }
}
