import type { RowsWanted } from '../domain/records/rows-wanted.ts'
import type { TableInfo } from '../domain/records/table.ts'
import type { EncodedRows } from './packed.ts'

export type ReadPlan = {
  table: TableInfo
  columns: string[]
  wanted: RowsWanted
  /** Maximum page size in rows; a page ends earlier once it holds about `bytes` bytes. */
  limit: { rows: number; bytes: number }
  /** The position at which reading starts. */
  from: RowPosition
}

/** A position between two rows from which a later read resumes; null is the start. */
export type RowPosition = (string | number)[] | null
/** Rows that the database has written as delimited text (RFC 4180, with LF). */
export type DelimitedPage = {
  text: Buffer
  rows: number
  /** The first row whose cells are all null, from 0. */
  firstEmpty: number | undefined
}

export type RowsPage = { page: EncodedRows; position: RowPosition }

export type ExportRows = {
  count(): Promise<number>
  /**
   * The rows after `after` and the position after them; the same position gives the same rows.
   * Numbers are formatted by the database, blobs as hexadecimal digits. Page memory is reused: a
   * page is valid until the second page after it is requested.
   * `loose` is slower, for invalid UTF-8 that could break the page format.
   */
  read(after: RowPosition, options?: { loose: boolean }): Promise<RowsPage>
  /**
   * The same with rows that the database writes itself: null as nothing, an empty text as two
   * quotes. Undefined where it can't write these rows.
   */
  readDelimited?:
    | ((
        after: RowPosition,
        separator: string,
      ) => Promise<{ page: DelimitedPage; position: RowPosition }>)
    | undefined
  close(): Promise<void>
}
