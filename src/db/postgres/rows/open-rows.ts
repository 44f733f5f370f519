import { sql } from 'kysely'
import type { ExportRows, ReadPlan, RowPosition } from '../../export-rows.ts'
import type { Db } from '../../store.ts'
import type { PgDriver } from '../ground/connection.ts'
import { whereSql } from '../ground/where-sql.ts'
import { sqlNameOf } from '../ground/find-table.ts'
import { oddValues } from './copy-text.ts'
import { canDelimit, delimitedFormat } from './delimited-rows.ts'
import { RowEncoder } from './encode-rows.ts'
import type { PositionedPage } from './page-builder.ts'
import { refusingRead } from './refusing-read.ts'
import { TABLES } from '../tables/tables-of.ts'
import { RowStream, type RowFormat } from './row-stream.ts'

const SLACK = 65_536

/**
 * Reads rows from one snapshot, by a single COPY as long as pages are requested in order and in one
 * format. A table with a primary key is read in key order, and can be resumed after any row.
 */
export function openRows(db: Db, driver: PgDriver, plan: ReadPlan): ExportRows {
  const size = plan.limit.bytes + SLACK
  const odd = oddValues(plan)
  let current: { format: string; close(): Promise<void> } | undefined
  const reader = <Page extends { rows: number }>(name: string, format: RowFormat<Page>) => {
    const pages = pagesInOrder((after) => RowStream.open(db, driver, plan, { ...format, after }))
    return async (after: RowPosition) => {
      if (current?.format !== name) await current?.close()
      current = { format: name, close: pages.close }
      return await pages.read(after)
    }
  }
  const encoded = (isLoose: boolean) => ({
    emptyPage: () => new RowEncoder(odd, { isLoose, size }),
  })
  const [packed, loosely] = [reader('packed', encoded(false)), reader('loose', encoded(true))]
  const delimitedBy = (separator: string) =>
    reader('delimited', delimitedFormat(plan, { separator, size }))
  let delimited: ReturnType<typeof delimitedBy> | undefined

  return {
    count: () => countWanted(db, plan),
    read: (after, { loose } = { loose: false }) => (loose ? loosely : packed)(after),
    readDelimited: canDelimit(plan)
      ? (after, separator) => (delimited ??= delimitedBy(separator))(after)
      : undefined,
    close: async () => await current?.close(),
  }
}

/** Pages of a stream that goes on as long as each page is asked for behind the one before. */
function pagesInOrder<Page extends { rows: number }>(
  open: (after: RowPosition) => Promise<RowStream<Page>>,
) {
  let opened: { stream: RowStream<Page>; next: RowPosition } | undefined
  const close = async () => {
    const was = opened
    opened = undefined
    await was?.stream.close()
  }
  return {
    close,
    async read(after: RowPosition): Promise<PositionedPage<Page>> {
      if (opened === undefined || !isSame(opened.next, after)) {
        await close()
        opened = { stream: await open(after), next: after }
      }
      const { page, position } = await opened.stream.next()
      opened.next = page.rows === 0 ? after : position
      return { page, position: opened.next }
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
