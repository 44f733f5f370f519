import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { openStore } from '../../src/db/open.ts'
import type { Store } from '../../src/db/store.ts'
import { databaseIn } from './databases.ts'
import { tmpDir } from './tmp.ts'

/** A folder, and its database as a command in it finds that; closed when the test is over. */
export async function aStore(
  folder = tmpDir(),
  name = 'test.db',
  encoding = 'UTF-8',
): Promise<{ folder: string; store: Store }> {
  if (encoding !== 'UTF-8') makeEmpty(path.join(folder, name), encoding)
  const store = await openStore(await databaseIn(folder, name))
  onTestFinished(() => store.close())
  return { folder, store }
}

/** How texts are stored is settled with the first table. */
function makeEmpty(file: string, encoding: string): void {
  const handle = new Sqlite(file)
  handle.pragma(`encoding = '${encoding}'`)
  handle.exec('create table first (id); drop table first')
  handle.close()
}
