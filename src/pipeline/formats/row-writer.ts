import type { EncodedRows } from '../../db/packed.ts'
import type { ColumnInfo } from '../../domain/records/table.ts'
import type { FormatName } from '../../domain/specification/formats.ts'
import type { ExportSpecification } from '../../domain/specification/specification.ts'
import type { Message } from '../../domain/words/messages.ts'
import type { WrittenRows } from './written-rows.ts'

/** What is written: some columns of a table, in the way that is asked for. */
export type WrittenTable = { specification: ExportSpecification; columns: ColumnInfo[] }

/** Rows as they stand in the result, and which of the export they are. */
export type WrittenPage = WrittenRows & {
  /** Records of the export before the page. */
  before: number
}

/** Turns rows into the text of a file. */
export type RowWriter = {
  /** What a later run needs to write in the same way. */
  state: { format: FormatName }
  /** Whether it takes cells whose lengths are told, and no others. */
  isLoose: boolean
  /**
   * Rows as text, in UTF-8; undefined where they do not hold as many cells as they should. It may
   * write into the bytes it was given.
   * @param isStart nothing stands above them in the file
   */
  write(page: EncodedRows, isStart: boolean): WrittenRows | undefined
  /** The text in the encoding of the file. */
  encode(text: Buffer): Buffer
  /** What an import of the page would refuse or change, by what it is told once for. */
  warningsOf(page: WrittenPage, told: string[]): Map<string, Message>
}

/** Reads the first page and writes it, as often as it is asked to. */
export type FirstPage = (writer: RowWriter) => Promise<WrittenRows>

/** The beginning of a result. */
export type FirstRows = {
  writer: RowWriter
  /** What stands above the rows, in UTF-8. */
  head: Buffer
  warnings: Message[]
}
