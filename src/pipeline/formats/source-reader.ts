import type { PostponedRecord } from '../../db/target.ts'
import type { Position } from '../../domain/jobs/checkpoint.ts'
import type { RowSource } from '../../domain/records/record.ts'
import type { Reject } from '../../domain/records/reject.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import type { Message } from '../../domain/words/messages.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { SourceValue } from '../values/typed-value.ts'
import type { OpenedRecord, SourceColumn } from './inspection/opened-record.ts'

/** What a record says. */
export type RecordReading = {
  /** Why it can't be read, in a word of its format. */
  flag: string | undefined
  /**
   * Its values by the place of their column; undefined where it has none of that name. They may be
   * slices which hold a whole window in memory: copy what is kept.
   */
  fields: readonly (SourceValue | undefined)[]
  /**
   * Which of the fields are a text that is empty. All others that are empty are nothing. Undefined
   * where none is.
   */
  emptyTexts?: ReadonlySet<number> | undefined
  /** Names of values that have no column. */
  unknown?: readonly string[] | undefined
}

/** A record of a source. Thousands are held until they are written: so it is read when somebody asks. */
export type SourceRecord = RowSource & {
  /** Counts every record from 1. */
  record: number
  /** Bytes that it takes in the source. */
  bytes: number
  /** Each time anew: it is not kept. */
  read(): RecordReading
}

/** A place to which a reader can go back until the next window. */
export type RecordMark = Position & { empty: number }

/** Takes one record after another out of what is held of a source (a pull parser). */
export type RecordReader = {
  /** Behind the records that were taken. */
  readonly position: Position
  /** Lines so far that are no records. */
  readonly empty: number
  readonly mark: RecordMark
  /** The next record; undefined when there is no whole one any more in what is held. */
  next(): SourceRecord | undefined
  /** Finds the same records once more. */
  back(mark: RecordMark): void
}

/** A source while it is read. */
export type OpenRecords = {
  records: RecordReader
  /** Each step holds more of the source; records can be taken until the next one. */
  windows: AsyncIterable<void>
  /** How far into the file on disk it was read. */
  readonly bytesRead: number
}

/** A record that was read, and what the format said against it. */
export type FollowedRecord = Pick<SourceRecord, 'record' | 'line'> & {
  text: Message | undefined
  unknown: readonly string[] | undefined
}

export type RejectsExport = {
  specification: ImportSpecification
  /** In the order of the source; of each record, the first one stands behind it. */
  rejects: AsyncIterable<Reject>
  /** The message in the reader's language. */
  text(message: Message): string
}

/** Reads a source whose dialect and columns are known, and tells of it. */
export type SourceReader = {
  /** Whether its values have kinds: then a text is one, and no number that nobody marked as such. */
  isTyped: boolean
  /** @param isStop tells an error by which nothing more is wanted, of what was read before either */
  open(source: SourceFile, from: Position, isStop?: (error: unknown) => boolean): OpenRecords
  /** The first records from a position on, so many at most, of so many bytes as memory has room for. */
  first(source: SourceFile, from: Position, limit: number): Promise<SourceRecord[]>
  /** A record that was postponed, as it was read the first time. */
  again(stored: PostponedRecord): SourceRecord
  /** What the text connector says of a record that can't be read; undefined where it can. */
  messageOf(reading: RecordReading, raw: () => string): Message | undefined
  /**
   * What is remembered from record to record, and what the journal says of this one. It is only
   * asked about a record that is rejected, that has a value without a column, or that comes when
   * something is remembered already.
   * @param seen null at the first record; it is stored with each batch, as JSON
   */
  follow(seen: unknown, record: FollowedRecord): { seen: unknown; journal: Message[] }
  /** What the journal says at the end of the source of what is remembered then. */
  atEnd(seen: unknown): Message[]
  /** How the source is read, and how sure that is. */
  tell(): Message[]
  /** The same for programs. */
  describe(): Record<string, unknown>
  /** A record on one line, for who looks at its text. */
  lineOf(reading: RecordReading): string
  /** The beginning of a rejected record, taken apart as far as it can be. */
  openRejected(raw: Buffer, columns: SourceColumn[], rest?: number): OpenedRecord
  /** Rejected records as a source that can be corrected and imported again. */
  exportRejects(wanted: RejectsExport): AsyncGenerator<Buffer>
  /** What such a file is to a browser. */
  contentType: string
}
