import type { Attempt, RecordOutcome, Row } from '../domain/records/record.ts'
import type { TableInfo } from '../domain/records/table.ts'
import type { EncodedRows } from './packed.ts'
import type { Trx } from './store.ts'

/** A record that was postponed, as it is tried again. */
export type PostponedRecord = {
  record: number
  line: number
  offset: number
  raw: Buffer
  attempt: Attempt
}

/** The records of a job that refer to later ones of the same file. */
export type PostponedRecords = {
  isAny(): Promise<boolean>
  /**
   * Takes out, inside the caller's transaction, the first one that waits for nothing any more, or,
   * where all wait, one that was not yet tried in vain, since a row may be there that no record told
   * of; where all were, the first of all for a last try. Which one that is depends on nothing but
   * what is stored: a run comes to the same however often it is interrupted.
   */
  take(trx: Trx): Promise<PostponedRecord | undefined>
}

export type Target = {
  /** Applies the records in their order, inside the caller's transaction. One outcome a row. */
  apply(trx: Trx, rows: Row[]): Promise<RecordOutcome[]>
}

export type ReadPlan = {
  table: TableInfo
  columns: string[]
  /** Of a page: at most so many rows, and fewer once they take about so many bytes. */
  limit: { rows: number; bytes: number }
  /** What will be read first. */
  from: RowPosition
}

/** A place between two rows that a later read goes on from; null is the start. */
export type RowPosition = (string | number)[] | null
export type RowsPage = { page: EncodedRows; position: RowPosition }

export type ExportRows = {
  count(): Promise<number>
  /**
   * The next rows after the position, and the position after them; the same position gives the same
   * rows. Numbers are written as the database writes them, a blob as hexadecimal digits. Its memory
   * is used again: a page is good until the second place behind it is asked for.
   * `loose` is slower, and for texts that are no UTF-8 and else might break the pages.
   */
  read(after: RowPosition, options?: { loose: boolean }): Promise<RowsPage>
  close(): Promise<void>
}
