import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeEach, inject, onTestFinished } from 'vitest'
import { databaseUrl } from './setup.ts'
import { emptied } from './emptied.ts'

type Database = { url: string; empty(): Promise<void>; drop(): Promise<void> }

/** Those of this file that no test has at the moment: to empty one is faster than to make one. */
const free: Database[] = []
const all: Database[] = []
let connecting: Promise<Client> | undefined

/** Makes sure that there is one to take. */
export async function readyPostgres(): Promise<void> {
  if (free.length === 0) free.push(await makeDatabase())
}

/** A database of the test's own on the server of the run, with empty tables. @returns its URL */
export function takePostgres(): string {
  const database = free.pop()
  if (database === undefined) throw new Error('no database is ready: wait for `readyPostgres`')
  onTestFinished(async () => {
    await database.empty()
    free.push(database)
  })
  return database.url
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
      await client.end()
      await server.query(`drop database ${name} with (force)`)
    },
  }
  all.push(database)
  return database
}

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString })
  await client.connect()
  return client
}

if (inject('database') === 'PostgreSQL') beforeEach(readyPostgres)

afterAll(async () => {
  for (const database of all) await database.drop()
  await (await connecting)?.end()
})
