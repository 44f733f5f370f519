import path from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Store } from '../../src/db/store.ts'
import { aStore } from './a-store.ts'
import { tmpDir } from './tmp.ts'

/** What is there, and is taken as long as the database is made. */
const STAND_INS = { foreign_order: 'nocase', foreign_module: 'fts4' }

/**
 * A database that another program made, with a function `foreign_rank`, a collation `foreign_order`
 * and a module `foreign_module` that only that program has.
 */
export async function aForeignDatabase(setup: string): Promise<{ folder: string; store: Store }> {
  const folder = tmpDir()
  const handle = new Sqlite(path.join(folder, 'test.db'))
  handle.function('foreign_rank', { deterministic: true }, (value) => String(value).length)
  handle.unsafeMode(true)
  const known = Object.entries(STAND_INS)
  handle.exec(known.reduce((text, [foreign, own]) => text.replaceAll(foreign, own), setup))
  handle.exec('pragma writable_schema = 1')
  for (const [foreign, own] of known) {
    handle.prepare('update sqlite_master set sql = replace(sql, ?, ?)').run(own, foreign)
  }
  handle.close()
  return await aStore(folder)
}
