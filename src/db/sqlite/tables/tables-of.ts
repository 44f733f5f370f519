import type Sqlite from 'better-sqlite3'
import type { Tables } from '../../store.ts'
import { countRows, describeTable, hasRows, listTables } from './describe.ts'
import { existingValues } from './existing.ts'
import { referredValues } from '../../known/referred-values.ts'
import { findRow } from '../../row-filter.ts'
import { foreignKeysOf, listedValues } from './known-values.ts'
import { latestChange } from './latest-change.ts'
import { createIndex, createTable, prepareRead, quoteName } from './tables.ts'
import { usable } from './usable.ts'
import { widenTable } from './widen.ts'

/** There is a single handle, so its calls run inside any open transaction. */
export function tablesOf(handle: Sqlite.Database): Tables {
  return {
    typing: 'loose',
    list: (_db, limit) => Promise.resolve(listTables(handle, limit)),
    describe: async (_db, name) => usable(handle, name, () => describeTable(handle, name)),
    hasRows: async (_db, name) => usable(handle, name, () => hasRows(handle, name)),
    count: async (_db, name) => usable(handle, name, () => countRows(handle, name)),
    existing: async (_db, name, wanted) =>
      usable(handle, name, () => existingValues(handle, name, wanted)),
    listed: async (_db, name) => usable(handle, name, () => listedValues(handle, name)),
    referred: async (db, name, keys) => {
      const foreignKeys = usable(handle, name, () => foreignKeysOf(handle, name))
      return await referredValues(db, `main.${quoteName(name)}`, { foreignKeys, keys })
    },
    latestChange: async (_db, name, wanted) =>
      usable(handle, name, () => latestChange(handle, name, wanted)),
    findRow: (db, name, wanted) => findRow(db, `main.${quoteName(name)}`, wanted),
    requireReadable: async (_db, name, columns) =>
      usable(handle, name, () => prepareRead(handle, name, columns)),
    requireComparable: () => Promise.resolve(),
    requirePlace: () => Promise.resolve(),
    create: (_trx, table) => Promise.resolve(createTable(handle, table)),
    widen: async (_trx, { table, columns, rows }) =>
      usable(handle, table, () => widenTable(handle, table, columns, rows)),
    createIndex: async (_trx, name, columns) =>
      usable(handle, name, () => createIndex(handle, name, columns)),
  }
}
