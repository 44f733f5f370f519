import { sql } from 'kysely'
import { onTestFinished } from 'vitest'
import path from 'node:path'
import { openStore } from '../../src/db/open.ts'
import type { Db, Store } from '../../src/db/store.ts'
import { tmpDir } from './tmp.ts'

/** A database of the test's own. */
export type TestDatabase = {
  store: Store
  db: Db
  /** A second process's connection to the same database. */
  another(): Promise<Db>
  /** All that Tallyman has stored besides its record of jobs that were deleted. */
  everything(): Promise<unknown>
}

/** Every kind of database, for `describe.each`; each opens a fresh one that is gone after the test. */
export const databases = [['SQLite', openSqlite]] as const

async function openSqlite(): Promise<TestDatabase> {
  const url = `sqlite:${path.join(tmpDir(), 'tallyman.db')}`
  const open = async () => {
    const store = await openStore(url)
    onTestFinished(() => store.close())
    return store
  }
  const store = await open()
  return {
    store,
    db: store.db,
    another: async () => (await open()).db,
    everything: () => everythingIn(store.db),
  }
}

async function everythingIn(db: Db): Promise<unknown> {
  const rows = (table: string) => sql`select * from ${sql.table(table)}`.execute(db)
  const tables = [
    'tallyman_job',
    'tallyman_journal',
    'tallyman_reject',
    'tallyman_reject_kind',
    'tallyman_sample',
    'tallyman_key',
    'tallyman_postponed',
    'tallyman_leftover',
  ]
  const contents: unknown[] = []
  for (const table of tables) contents.push((await rows(table)).rows)
  return contents
}
