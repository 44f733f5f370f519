import type { TableInfo } from '../../domain/records/table.ts'
import type { Position } from '../../domain/jobs/checkpoint.ts'
import type { FormatName } from '../../domain/specification/formats.ts'
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
 * A file format (a codec): all that is known of one way to write records into a file. Whoever reads
 * or writes files knows this type alone; a new format is a folder here, a name in the domain, and a
 * line in `known-formats.ts`.
 */
export type Format = {
  name: FormatName
  /** Whether a file begins so that it can be nothing else. */
  detect(head: HeadBytes, specification: ImportSpecification): boolean
  /** The specification without what means nothing to the format. */
  adapt(specification: ImportSpecification): ImportSpecification
  /**
   * Looks at the beginning of a source: its dialect, its columns, and where its records begin.
   * @param table the one that is to be filled, where it is there
   * @throws UnusableError where it can't be read, or nobody can tell how
   */
  open(
    source: SourceFile,
    specification: ImportSpecification,
    table: TableInfo | undefined,
  ): Promise<OpenedSource>
  /** The reader of a source that was opened before, by what was stored of it. */
  restore(state: unknown): SourceReader
  /** @throws UnusableError where a table can't be written as the specification says */
  requireWritable(specification: ExportSpecification, columns: string[]): void
  /** Begins a result: what stands above its rows, and how those are written. */
  begin(table: WrittenTable, firstPage: FirstPage): Promise<FirstRows>
  /** Goes on with one, by what was stored of it. */
  goOn(table: WrittenTable, state: unknown): RowWriter
}

/** What the first look at a source tells. */
export type OpenedSource = {
  /** The dialect, and the names of the columns; none where the source is empty. */
  state: { format: FormatName; header: string[] }
  /** Where the records begin. */
  start: Position
  /** Empty lines before them. */
  empty: number
  /** What was found out, rather than asked for. */
  notes: Message[]
}
