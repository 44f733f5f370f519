import { Client } from 'pg'
import { findPostgres } from '../support/postgres/find.ts'
import { startServer, type Server } from '../support/postgres/server.ts'
import { databaseUrl } from '../support/postgres/setup.ts'

/** As a server of its own machine may be set up. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '512MB',
  max_wal_size: '4GB',
  jit: 'off',
  // Nobody reads what it says while a command is waited for, and it would wait in turn.
  log_min_messages: 'fatal',
}

export type BenchServer = Server & {
  /** Makes a database, anew where there is one. @returns its URL */
  database(name: string): Promise<string>
}

/** @returns undefined where there is no PostgreSQL */
export async function startBenchServer(): Promise<BenchServer | undefined> {
  const found = findPostgres()
  if (found === undefined) return undefined
  const server = await startServer(found, SETTINGS)
  return {
    ...server,
    async database(name) {
      const client = new Client({ connectionString: server.url })
      await client.connect()
      await client.query(`drop database if exists ${name}`)
      await client.query(`create database ${name}`)
      await client.end()
      return databaseUrl(server.url, name)
    },
  }
}
