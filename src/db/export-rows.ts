import type { TableInfo } from '../domain/records/table.ts'
import type { RowsWanted } from '../domain/records/rows-wanted.ts'
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
  close(): Promise<void>
}
