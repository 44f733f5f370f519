import { sql } from 'kysely'
import type { Db, Store, Trx } from '../../db/store.ts'
import type { TakeOver } from '../../db/take-over.ts'
import { ConflictError } from '../../domain/words/errors.ts'
import { rememberCopied, type Copied } from './move-record.ts'
import { ownTables } from './own-tables.ts'
import { pagesOf } from './pages.ts'

export type Copying = {
  /** A snapshot of the database whose rows are copied. */
  from: Trx
  to: Store
  takeOver: TakeOver
  /** Where an earlier run stopped. */
  copied: Copied | undefined
}

export type CopiedPage = { table: string; rows: number }

/**
 * Copies the rows of all tables, in their order, each page in one transaction with the place up to
 * which all are copied.
 * @throws ConflictError where a table has another number of rows then
 */
export async function* copyRows({
  from,
  to,
  takeOver,
  copied,
}: Copying): AsyncGenerator<CopiedPage> {
  for (const table of await ownTables(to)) {
    const { name } = table
    if (copied !== undefined && name < copied.table) continue
    const after = copied?.table === name ? copied.last : undefined
    for await (const { rows, last } of pagesOf(from, table, after)) {
      await to.db.transaction().execute(async (trx) => {
        await takeOver.insert(trx, table, rows)
        await rememberCopied(trx, { table: name, last })
      })
      yield { table: name, rows: rows.length }
    }
    await requireAsMany(from, to.db, name)
  }
}

/** How many rows each table has. */
export async function countOwnRows(
  db: Db | Trx,
  tables: { name: string }[],
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { name } of tables) counts[name] = await countRows(db, name)
  return counts
}

/** @throws ConflictError */
async function requireAsMany(from: Trx, to: Db, table: string): Promise<void> {
  const [rows, copies] = [await countRows(from, table), await countRows(to, table)]
  if (rows !== copies) throw new ConflictError({ problem: 'move_differs', table, rows, copies })
}

async function countRows(db: Db | Trx, table: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ${sql.table(table)}`.execute(db)
  return rows[0]?.count ?? 0
}
