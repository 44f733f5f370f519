import type { Store } from '../../db/store.ts'
import type { TableInfo } from '../../domain/records/table.ts'

/** A table whose rows are moved; it has a primary key. */
export type OwnTable = Pick<TableInfo, 'name' | 'columns' | 'primaryKey'>

/** Of the database itself: its migrations, what was moved into it, and what its triggers count. */
const STAYS = ['tallyman_migration', 'tallyman_migration_lock', 'tallyman_move', 'tallyman_tally']

/**
 * The tables that the migrations have made, read from the database, since a list would miss what a
 * later migration adds. They go without a schema, which may be another in the database they come from.
 */
export async function ownTables({ db, tables }: Store): Promise<OwnTable[]> {
  const names = new Set((await db.introspection.getTables()).map(({ name }) => name))
  const moved = [...names].filter((name) => name.startsWith('tallyman_') && !STAYS.includes(name))
  const found = moved.toSorted().map(async (name) => {
    const table = await tables.describe(db, name)
    return table === undefined ? [] : [{ ...table, name }]
  })
  return (await Promise.all(found)).flat()
}

/** Whether the database gives its rows their ids. */
export function hasNumbers({ primaryKey: [key, ...others], columns }: OwnTable): boolean {
  const id = columns.find(({ name }) => name === key)
  return key === 'id' && others.length === 0 && id?.conversion === 'integer'
}
