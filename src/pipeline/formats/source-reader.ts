import type { Position } from '../../domain/jobs/checkpoint.ts'
import type { RowSource } from '../../domain/records/record.ts'
import type { Reject } from '../../domain/records/reject.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import type { Message } from '../../domain/words/messages.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { SourceValue } from '../values/typed-value.ts'
import type { OpenedRecord, SourceColumn } from './inspection/opened-record.ts'
import type { PostponedRecord } from '../../db/store.ts'

/** The parsed values of a record. */
export type RecordReading = {
  /** Why it cannot be read; a code of its format. */
  flag: string | undefined
  /**
   * Values by column index; undefined for a missing one. May be slices that keep a whole window in
   * memory: copy what you keep.
   */
  fields: readonly (SourceValue | undefined)[]
  /**
   * Indexes of fields that are an empty string. All other empty fields are null. Undefined if there
   * are none.
   */
  emptyTexts?: ReadonlySet<number> | undefined
  /** Names of values without a column. */
  unknown?: readonly string[] | undefined
}

/** A record of a source. Thousands wait to be written, so it is parsed on demand. */
export type SourceRecord = RowSource & {
  /** Record number from 1. */
  record: number
  /** Length in the source, in bytes. */
  bytes: number
  /** Parses the record at each call; the result is not cached. */
  read(): RecordReading
}

/** A savepoint: a reader can go back to it until the next window. */
export type RecordMark = Position & { empty: number }

/** A pull parser: takes one record after another from the buffered part of a source. */
export type RecordReader = {
  /** The position after the last record taken. */
  readonly position: Position
  /** Lines so far that are not records. */
  readonly empty: number
  readonly mark: RecordMark
  /** The next record; undefined if the buffered bytes hold no complete one. */
  next(): SourceRecord | undefined
  /** Goes back to a savepoint and finds the same records again. */
  back(mark: RecordMark): void
}

/** A source that is being read. */
export type OpenRecords = {
  records: RecordReader
  /** Each step buffers more of the source; records can be taken until the next step. */
  windows: AsyncIterable<void>
  /** Number of bytes read from the file on disk. */
  readonly bytesRead: number
}

/** A parsed record, and the error that the format found. */
export type FollowedRecord = Pick<SourceRecord, 'record' | 'line'> & {
  text: Message | undefined
  unknown: readonly string[] | undefined
}

export type RejectsExport = {
  specification: ImportSpecification
  /** In the order of the source; only the first reject of each record is used. */
  rejects: AsyncIterable<Reject>
  /** The message in the language of the user. */
  text(message: Message): string
  /** The name of the file that a record is in, where they are several. */
  fileOf?: ((record: number) => string) | undefined
}

/** Reads and describes a source with a known dialect and columns. */
export type SourceReader = {
  /** Whether its values have types, so that a text is never taken for a number. */
  isTyped: boolean
  /** @param isStop true for an error that means stop: then no more records are wanted */
  open(source: SourceFile, from: Position, isStop?: (error: unknown) => boolean): OpenRecords
  /** The first records from a position, at most `limit`, within the size of a sample. */
  first(source: SourceFile, from: Position, limit: number): Promise<SourceRecord[]>
  /**
   * Reads the bytes of a single record, such as a postponed one; undefined where they are none.
   * Where they are several, `raw` of the first is shorter than they are.
   */
  again(stored: PostponedRecord): SourceRecord | undefined
  /** The message of the text connector for an unreadable record; undefined if it is readable. */
  messageOf(reading: RecordReading, raw: () => string): Message | undefined
  /**
   * Updates the state kept between records, and returns journal messages. Called only for a record
   * that is rejected or has a value without a column, or while there is state.
   * @param seen null at the first record; stored with each batch, as JSON
   */
  follow(seen: unknown, record: FollowedRecord): { seen: unknown; journal: Message[] }
  /** Journal messages for the state at the end of the source. */
  atEnd(seen: unknown): Message[]
  /** The dialect and the confidence in it, as journal messages. */
  tell(): Message[]
  /** The same for JSON output. */
  describe(): Record<string, unknown>
  /**
   * The bytes of a readable record with other values in some columns, by index; the others stay.
   * @throws UnusableError for a character that the encoding lacks
   */
  rewrite(raw: Buffer, changes: ReadonlyMap<number, string>): Buffer
  /**
   * Writes records of another file, with these columns, as the source does; undefined where its
   * columns are others. It throws an UnusableError for a character that the encoding lacks.
   */
  composer(names: string[]): ((reading: RecordReading) => Buffer) | undefined
  /** A record on one line, to inspect its text. */
  lineOf(reading: RecordReading): string
  /** Parses the beginning of a rejected record as far as possible. */
  openRejected(raw: Buffer, columns: SourceColumn[], rest?: number): OpenedRecord
  /**
   * The bytes of a readable record with the mask in place of some columns; undefined, also for a
   * format without it, if all of them must be masked.
   */
  mask?(raw: Buffer, columns: ReadonlySet<number>): Buffer | undefined
  /** Rejected records as a file to correct and import again. */
  exportRejects(wanted: RejectsExport): AsyncGenerator<Buffer>
  /** The media type of that file. */
  contentType: string
}

/** The same record, which is read once, however often it is asked. */
export function readOnce(record: SourceRecord): SourceRecord {
  const reading = record.read()
  const { line, offset, bytes, raw, attempt } = record
  return { record: record.record, line, offset, bytes, raw, attempt, read: () => reading }
}
