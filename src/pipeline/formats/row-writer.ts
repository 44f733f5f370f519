import type { DelimitedPage } from '../../db/export-rows.ts'
import type { EncodedRows } from '../../db/packed.ts'
import type { ColumnInfo } from '../../domain/records/table.ts'
import type { FormatName } from '../../domain/formats/formats.ts'
import type { ValueFormat } from '../../domain/specification/fields/value-format.ts'
import type { ExportSpecification } from '../../domain/specification/specification.ts'
import type { Message } from '../../domain/words/messages.ts'
import type { WrittenRows } from './written-rows.ts'

/** A column with its name in the file, and the format in which its values come to be written. */
export type FormattedColumn = ColumnInfo & { format: ValueFormat | null }

/** The columns of a table to write, and how. */
export type WrittenTable = { specification: ExportSpecification; columns: FormattedColumn[] }

/** Written rows with their place in the export. */
export type WrittenPage = WrittenRows & {
  /** Number of exported records before the page. */
  before: number
}

/** Converts rows to the text of a file. */
export type RowWriter = {
  /** The stored state with which a later run writes in the same way. */
  state: { format: FormatName }
  /** Whether it takes only cells with given lengths. */
  isLoose: boolean
  /**
   * Rows as UTF-8 text; undefined for a wrong number of cells. It may overwrite its input.
   * @param isStart true if nothing comes before them in the file
   */
  write(page: EncodedRows, isStart: boolean): WrittenRows | undefined
  /** Where a database can write the rows itself, byte for byte the same. */
  delimited?: DelimitedWriter | undefined
  /** Converts the text to the encoding of the file. */
  encode(text: Buffer): Buffer
  /**
   * Warnings about what an import of the page would refuse or change, by the key that makes each
   * unique.
   */
  warningsOf(page: WrittenPage, told: string[]): Map<string, Message>
}

export type DelimitedWriter = {
  separator: string
  /** Takes such rows, see `write`. */
  take(page: DelimitedPage, isStart: boolean): WrittenRows
}

/** Reads and writes the first page, as often as it is called. */
export type FirstPage = (writer: RowWriter) => Promise<WrittenRows>

/** The beginning of a result. */
export type FirstRows = {
  writer: RowWriter
  /** The text before the rows, in UTF-8. */
  head: Buffer
  warnings: Message[]
}
