import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { openStore } from '../../../src/db/open.ts'
import { findPostgres } from './find.ts'
import { startServer } from './server.ts'
import { leftOut } from './suites.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of which kind the databases of this project are. */
    database: 'SQLite' | 'PostgreSQL'
    /** The server, its version as in 18, and the database that each of the tests' is a copy of. */
    postgres: { url: string; version: number; template: string } | null
  }
}

/** One server for the whole run, where a project asks for it. */
export async function setup(root: TestProject): Promise<(() => Promise<void>) | undefined> {
  const isWanted = root.vitest.projects.some(
    ({ config }) => config.provide.database === 'PostgreSQL',
  )
  const found = isWanted ? findPostgres() : undefined
  if (found === undefined) {
    root.provide('postgres', null)
    return undefined
  }
  console.log(leftOut())
  const server = await startServer(found)
  const template = `tallyman_template_${randomUUID().slice(0, 8)}`
  await onServer(server.url, `create database ${template}`)
  const store = await openStore(databaseUrl(server.url, template))
  await store.close()
  const number = await onServer(server.url, 'show server_version_num')
  const version = Math.floor(Number(number) / 10_000)
  root.provide('postgres', { url: server.url, version, template })
  return async () => {
    await onServer(server.url, `drop database ${template}`)
    await server.stop()
  }
}

/** @returns the first value of the answer */
async function onServer(url: string, statement: string): Promise<unknown> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<unknown[]>({ text: statement, rowMode: 'array' })
  await client.end()
  return rows[0]?.[0]
}

/** The same server's database of that name. */
export function databaseUrl(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
