import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { inject, onTestFinished } from 'vitest'
import { afterFile } from '../after-file.ts'
import { openStore } from '../../../src/db/open.ts'
import type { Store } from '../../../src/db/store.ts'
import { databaseUrl } from './setup.ts'
import { emptied, type Emptying } from './emptied.ts'

type Database = { url: string; empty: Emptying; drop(): Promise<void> }

/** Those of this file that no test has at the moment: to empty one is faster than to make one. */
const free: Database[] = []
const all: Database[] = []
/** One of a free database for the next test: most of the time to open one goes into its sessions. */
const kept = new Map<string, Store>()
let connecting: Promise<Client> | undefined

/** Makes sure that there is one to take. */
export async function readyPostgres(): Promise<void> {
  if (free.length === 0) free.push(await makeDatabase())
}

/** A database of the test's own on the server of the run, with empty tables. @returns its URL */
export function takePostgres(): string {
  const database = free.pop()
  if (database === undefined) throw new Error('no database is ready: wait for `readyPostgres`')
  onTestFinished(() => giveBack(database))
  return database.url
}

/** A store of the database at this URL, in the sessions of an earlier test's; closed with the test. */
export async function openKept(url: string): Promise<Store> {
  const store = kept.get(url) ?? (await openStore(url))
  kept.delete(url)
  let isOver = false
  const close = async () => {
    isOver = true
    await store.close()
  }
  onTestFinished(async () => {
    if (isOver) return
    if (kept.has(url)) await close()
    else kept.set(url, store)
  })
  return { ...store, close }
}

async function giveBack(database: Database): Promise<void> {
  const store = kept.get(database.url)
  if (!(await database.empty(store?.process ?? ''))) await forget(database.url)
  free.push(database)
}

async function forget(url: string): Promise<void> {
  const store = kept.get(url)
  kept.delete(url)
  await store?.close()
}

async function makeDatabase(): Promise<Database> {
  const postgres = inject('postgres')
  if (postgres === null) throw new Error('there is no PostgreSQL in this run')
  const server = await (connecting ??= connect(postgres.url))
  const name = `tallyman_${randomUUID().replaceAll('-', '')}`
  await server.query(`create database ${name} template ${postgres.template}`)
  const url = databaseUrl(postgres.url, name)
  const client = await connect(url)
  const database = {
    url,
    empty: await emptied(client),
    async drop() {
      await forget(url)
      await client.end()
      await server.query(`drop database ${name} with (force)`)
    },
  }
  if (all.length === 0) afterFile(dropAll)
  all.push(database)
  return database
}

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString })
  await client.connect()
  return client
}

async function dropAll(): Promise<void> {
  free.length = 0
  for (const database of all.splice(0)) await database.drop()
}
