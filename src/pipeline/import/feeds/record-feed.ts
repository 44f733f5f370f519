import type { Trx } from '../../../db/store.ts'
import type { Position } from '../../../domain/jobs/checkpoint.ts'
import type { RecordReader, SourceRecord } from '../../formats/source-reader.ts'

/**
 * Maximum bytes of records to take at once, unless one is longer, because each may cause many
 * messages.
 */
const CHUNK_BYTES = 256 * 1024

/** The source of records for an import. */
export type RecordFeed = {
  /** The position after the last record taken. */
  readonly position: Position
  /** Number of empty lines so far. */
  readonly empty: number
  /** Whether which record is next does not depend on the outcomes of those before. */
  readonly isInOrder: boolean
  hasNext(): Promise<boolean>
  /** Takes the next records, at most `most`, in the caller's transaction; none at the end. */
  next(trx: Trx, most: number): Promise<SourceRecord[]>
  /**
   * Sets a savepoint.
   * @returns a function that goes back to it after a rollback, so that the same records are read
   * again
   */
  mark(): () => void
}

/** The next buffered records, at most `most`. */
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

/** The buffered records of a reader; of the first file, the position names none. */
export function feedOf(reader: RecordReader, file = 0): RecordFeed {
  const mark = () => {
    const here = reader.mark
    return () => reader.back(here)
  }
  return {
    get position() {
      return file === 0 ? reader.position : { file, ...reader.position }
    },
    get empty() {
      return reader.empty
    },
    isInOrder: true,
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
