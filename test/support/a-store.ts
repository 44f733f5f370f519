import path from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Store } from '../../src/db/store.ts'
import { databaseIn, openAt } from './databases.ts'
import { tmpDir } from './tmp.ts'

/** A folder, and its database as a command in it finds that; closed when the test is over. */
export async function aStore(
  folder = tmpDir(),
  name = 'test.db',
  encoding = 'UTF-8',
): Promise<{ folder: string; store: Store }> {
  if (encoding !== 'UTF-8') makeEmpty(path.join(folder, name), encoding)
  return { folder, store: await openAt(await databaseIn(folder, name)) }
}

/** How texts are stored is settled with the first table. */
function makeEmpty(file: string, encoding: string): void {
  const handle = new Sqlite(file)
  handle.pragma(`encoding = '${encoding}'`)
  handle.exec('create table first (id); drop table first')
  handle.close()
}
