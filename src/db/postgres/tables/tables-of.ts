import { sql } from 'kysely'
import type { Db, Tables, Trx } from '../../store.ts'
import { existingValues } from './existing.ts'
import { findRow } from '../../row-filter.ts'
import { quoteName } from '../ground/names.ts'
import { requireComparable } from './comparable.ts'
import { createIndex, createTable, placeOf } from './create.ts'
import { describeTable, listTables } from './describe.ts'
import { listedValues, valuesReferred } from './known-values.ts'
import { latestChange } from './latest-change.ts'
import { findTable, sqlNameOf } from '../ground/find-table.ts'
import { requireRights } from './rights.ts'
import { usable } from './usable.ts'
import { widenTable } from './widen.ts'

export const TABLES: Tables = {
  typing: 'exact',
  list: listTables,
  describe: describeTable,
  hasRows: async (db, name) => (await read(db, name, '1', 'limit 1')).length > 0,
  count: async (db, name) => {
    const [row] = await read<{ count: number }>(db, name, 'count(*) as count')
    return row?.count ?? 0
  },
  existing: (db, name, wanted) => usable(name, 'SELECT', () => existingValues(db, name, wanted)),
  listed: (db, name) => usable(name, 'SELECT', () => listedValues(db, name)),
  referred: (db, name, keys) => usable(name, 'SELECT', () => valuesReferred(db, name, keys)),
  latestChange: (db, name, wanted) => usable(name, 'SELECT', () => latestChange(db, name, wanted)),
  findRow: async (db, name, wanted) => await findRow(db, await sqlNameOf(db, name), wanted),
  requireReadable: async (db, name, columns) => {
    const found = await findTable(db, name)
    // The server's own error names no columns.
    const needed = { table: name, rights: [{ right: 'SELECT', columns } as const], fields: [] }
    if (found !== undefined) await requireRights(db, found.id, needed)
    await read(db, name, columns.map(quoteName).join(', '), 'limit 0')
  },
  requireComparable: (db, name, wanted) =>
    usable(name, 'SELECT', () => requireComparable(db, name, wanted)),
  requirePlace: async (db, name) => void (await placeOf(db, name)),
  create: createTable,
  widen: (trx, table) => usable(table.table, 'CREATE', () => widenTable(trx, table)),
  createIndex: (trx, name, columns) =>
    usable(name, 'CREATE', () => createIndex(trx, name, columns)),
}

async function read<Row>(db: Db | Trx, name: string, what: string, rest = ''): Promise<Row[]> {
  return await usable(name, 'SELECT', async () => {
    const from = await sqlNameOf(db, name)
    const { rows } = await sql.raw<Row>(`select ${what} from ${from} ${rest}`).execute(db)
    return rows
  })
}
