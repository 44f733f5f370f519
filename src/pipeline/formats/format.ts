import type { TableInfo } from '../../domain/records/table.ts'
import type { Position } from '../../domain/jobs/checkpoint.ts'
import type { FormatName } from '../../domain/formats/formats.ts'
import type {
  ExportSpecification,
  ImportSpecification,
} from '../../domain/specification/specification.ts'
import type { Message } from '../../domain/words/messages.ts'
import type { HeadBytes } from '../source/first-bytes.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { SourceReader } from './source-reader.ts'
import type { FirstPage, FirstRows, RowWriter, WrittenTable } from './row-writer.ts'

/**
 * A file format (a codec): all knowledge of one way to write records into a file. Code that reads
 * or writes files depends on this type only; a new format is a folder here, a name in the domain,
 * and a line in `known-formats.ts`.
 */
export type Format = {
  name: FormatName
  /** Whether a record need not have all columns of its file. */
  mayLackColumns?: boolean
  /** Sniffs whether a file can only be in this format. */
  detect(head: HeadBytes, specification: ImportSpecification): boolean
  /** Removes options that the format does not use. */
  adapt(specification: ImportSpecification): ImportSpecification
  /**
   * Detects the dialect, the columns and the position of the first record.
   * @param table the existing target table, if any
   * @throws UnusableError if it cannot be read or detected
   */
  open(
    source: SourceFile,
    specification: ImportSpecification,
    table: TableInfo | undefined,
  ): Promise<OpenedSource>
  /** Restores the reader of an opened source from its stored state. */
  restore(state: unknown): SourceReader
  /**
   * A source with these columns, which is still to be written.
   * @param separator what stands between two values, if the specification does not say it
   */
  draft(specification: ImportSpecification, header: string[], separator: string): DraftSource
  /** @throws UnusableError if a table cannot be written as specified */
  requireWritable(specification: ExportSpecification, columns: string[]): void
  /** Starts a result: its head, and the writer of its rows. */
  begin(table: WrittenTable, firstPage: FirstPage): Promise<FirstRows>
  /** Resumes a result from its stored state. */
  goOn(table: WrittenTable, state: unknown): RowWriter
}

/** A source that is still to be written, such that its specification reads it. */
export type DraftSource = Pick<OpenedSource, 'state'> & {
  /**
   * Its bytes with these records, each with a text for every column.
   * @throws UnusableError for a character that its encoding lacks
   */
  write(records: string[][]): Buffer
}

/** What opening a source detects. */
export type OpenedSource = {
  /** The dialect, and the names of the columns; none for an empty source. */
  state: { format: FormatName; header: string[] }
  /** The position of the first record. */
  start: Position
  /** Number of empty lines before it. */
  empty: number
  /** Messages about what was detected rather than specified. */
  notes: Message[]
}
