import type { Value } from '../domain/records/record.ts'
import type { ColumnInfo } from '../domain/records/table.ts'
import type { Trx } from './store.ts'

/** A row of one of Tallyman's own tables, by its columns. */
export type MovedRow = Record<string, Value>

/** How a database takes rows of another one over, with the ids that they have. */
export type TakeOver = {
  insert(
    trx: Trx,
    table: { name: string; columns: Pick<ColumnInfo, 'name' | 'conversion'>[] },
    rows: MovedRow[],
  ): Promise<void>
  /** Lets the next row of a table have the id after `last`. */
  continueIds(trx: Trx, table: string, last: number): Promise<void>
}
