/** A cell of a row before and after; null is NULL, or no row. */
export type CellChange = { field: string; before: string | null; after: string | null }

/** A row that a dry run would have changed. */
export type ChangedRow = {
  record: number
  line: number
  kind: 'inserted' | 'updated' | 'deleted'
  cells: CellChange[]
}

/** How many rows are kept of each kind: those that were there before say more. */
export const MOST_CHANGES: Record<ChangedRow['kind'], number> = {
  updated: 50,
  deleted: 50,
  inserted: 10,
}

/** The same as it is stored: `cells` is JSON, `seq` the order. */
export type StoredChange = Omit<ChangedRow, 'cells'> & {
  job_id: number
  seq: number
  cells: string
}
