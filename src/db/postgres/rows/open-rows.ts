import type { ExportRows, ReadPlan, RowPosition, RowsPage } from '../../export-rows.ts'
import type { Db } from '../../store.ts'
import type { PgDriver } from '../ground/connection.ts'
import { TABLES } from '../tables/tables-of.ts'
import { RowStream } from './row-stream.ts'

type Opened = { stream: RowStream; isLoose: boolean; next: RowPosition }

/**
 * Reads rows from one snapshot, by a single COPY as long as pages are requested in order. A table
 * with a primary key is read in key order, and can be resumed after any row.
 */
export function openRows(db: Db, driver: PgDriver, plan: ReadPlan): ExportRows {
  let opened: Opened | undefined

  return {
    count: () => TABLES.count(db, plan.table.name),
    async read(after, { loose } = { loose: false }): Promise<RowsPage> {
      if (opened?.isLoose !== loose || !isSame(opened.next, after)) {
        await opened?.stream.close()
        opened = undefined
        const stream = await RowStream.open(db, driver, plan, { after, isLoose: loose })
        opened = { stream, isLoose: loose, next: after }
      }
      const { page, position } = await opened.stream.next()
      opened.next = page.rows === 0 ? after : position
      return { page, position: opened.next }
    },
    async close() {
      await opened?.stream.close()
    },
  }
}

function isSame(one: RowPosition, other: RowPosition): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
