import type { Attempt, RecordOutcome, Row } from '../domain/records/record.ts'
import type { TableInfo } from '../domain/records/table.ts'
import type { EncodedRows } from './packed.ts'
import type { Trx } from './store.ts'

/** A postponed record, as it is retried. */
export type PostponedRecord = {
  record: number
  line: number
  offset: number
  raw: Buffer
  attempt: Attempt
}

/** A job's records that refer to later records of the same file. */
export type PostponedRecords = {
  isAny(): Promise<boolean>
  /**
   * Removes and returns, inside the caller's transaction, the first record that waits for nothing;
   * where all wait, one not yet retried in vain, since its row may exist without a record having
   * announced it; else the first of all, for a last try. The choice depends only on stored data, so
   * an interrupted run ends with the same result.
   */
  take(trx: Trx): Promise<PostponedRecord | undefined>
}

export type Target = {
  /** Applies the records in order, inside the caller's transaction. Returns one outcome per row. */
  apply(trx: Trx, rows: Row[]): Promise<RecordOutcome[]>
}

export type ReadPlan = {
  table: TableInfo
  columns: string[]
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
