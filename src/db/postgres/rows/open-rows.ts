import { sql } from 'kysely'
import type { ExportRows, ReadPlan, RowPosition, RowsPage } from '../../export-rows.ts'
import type { Db } from '../../store.ts'
import type { PgDriver } from '../ground/connection.ts'
import { sqlNameOf } from '../tables/find-table.ts'
import { whereSql } from './copy-text.ts'
import { refusingRead } from './refusing-read.ts'
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
    count: () => countWanted(db, plan),
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

async function countWanted(db: Db, { table, wanted }: ReadPlan): Promise<number> {
  const where = whereSql(wanted.filter)
  if (where === undefined) {
    return Math.min(await TABLES.count(db, table.name), wanted.most ?? Infinity)
  }
  const from = await sqlNameOf(db, table.name)
  const counting = sql.raw<{ count: number }>(
    `select count(*) as count from ${from} where ${where}`,
  )
  const { rows } = await refusingRead(table.name, () => counting.execute(db))
  return Math.min(rows[0]?.count ?? 0, wanted.most ?? Infinity)
}

function isSame(one: RowPosition, other: RowPosition): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
