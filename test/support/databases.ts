import { sql } from 'kysely'
import { inject, onTestFinished, type ProvidedContext } from 'vitest'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { openStore } from '../../src/db/open.ts'
import type { Db, Store } from '../../src/db/store.ts'
import { openKept, readyPostgres, takePostgres } from './postgres/fresh.ts'
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

/**
 * The kind of database that the suite runs on now, for `describe.each`; each opens a fresh one that
 * is gone after the test. A suite runs once for every kind: see test/vitest.config.ts.
 */
export const databases = [[inject('database'), openFresh]] as const

/** Of what each kind of database calls otherwise, the words of the one that the suite runs on now. */
export function byDatabase<Each>(words: Record<ProvidedContext['database'], Each>): Each {
  return words[inject('database')]
}

async function openFresh(): Promise<TestDatabase> {
  const url = await databaseIn(tmpDir(), 'tallyman.db')
  const store = await openAt(url)
  return {
    store,
    db: store.db,
    another: async () => (await openAt(url)).db,
    everything: () => everythingIn(store.db),
  }
}

/** Opens one of the test's databases, until the test is over. */
export async function openAt(url: string): Promise<Store> {
  if (inject('database') === 'PostgreSQL') return await openKept(url)
  const file = url.slice('sqlite:'.length)
  // All migrations would take as long again as most tests.
  if (!existsSync(file)) writeFileSync(file, await (migrated ??= aMigratedFile()))
  const store = await openStore(url)
  onTestFinished(() => store.close())
  return store
}

let migrated: Promise<Buffer> | undefined

/** The bytes of a database that has Tallyman's tables, and nothing in them. */
async function aMigratedFile(): Promise<Buffer> {
  const file = path.join(tmpDir(), 'empty.db')
  const store = await openStore(`sqlite:${file}`)
  await store.close()
  return readFileSync(file)
}

/**
 * The URL of the one database that goes by this name in this folder, as long as the test lasts; a
 * process in the folder finds it by that too.
 */
export async function databaseIn(folder: string, name: string): Promise<string> {
  if (inject('database') === 'PostgreSQL') await readyPostgres()
  return urlIn(folder, name)
}

/** The same at once, for the first one that a test asks for. */
export function urlIn(folder: string, name: string): string {
  const file = path.join(folder, name)
  if (inject('database') === 'SQLite') return `sqlite:${file}`
  const known = taken.get(file)
  if (known !== undefined) return known
  const url = takePostgres()
  taken.set(file, url)
  onTestFinished(() => void taken.delete(file))
  return url
}

const taken = new Map<string, string>()

async function everythingIn(db: Db): Promise<unknown> {
  const rows = (table: string) => sql`select * from ${sql.table(table)}`.execute(db)
  const tables = [
    'tallyman_job',
    'tallyman_journal',
    'tallyman_reject',
    'tallyman_reject_kind',
    'tallyman_sample',
    'tallyman_change',
    'tallyman_key',
    'tallyman_postponed',
    'tallyman_leftover',
  ]
  const contents: unknown[] = []
  for (const table of tables) contents.push((await rows(table)).rows)
  return contents
}
