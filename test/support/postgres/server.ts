import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { unpack, type Postgres } from './find.ts'

/** A server for one run of the tests. */
export type Server = { url: string; stop(): Promise<void> }

/** PostgreSQL refuses to run as root: this is `nobody`, a number that needs no name. */
const NOBODY = 65534
const isRoot = process.getuid?.() === 0
const AS = isRoot ? { uid: NOBODY, gid: NOBODY } : {}
/** Nothing has to outlive a power cut, and nothing runs that no test asked for. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum: 'off',
  jit: 'off',
  shared_buffers: '64MB',
}

/** @param given settings to use instead of those of the tests */
export async function startServer(
  postgres: Postgres,
  given: Record<string, string> = SETTINGS,
): Promise<Server> {
  if ('url' in postgres) return { url: postgres.url, stop: () => Promise.resolve() }

  const folder = mkdtempSync(path.join(tmpdir(), 'tallyman-postgres-'))
  const bin = 'bin' in postgres ? postgres.bin : unpack(postgres.npm, folder)
  const data = makeCluster(bin, folder)
  const port = await freePort()
  const settings = Object.entries(given).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(path.join(bin, 'postgres'), ['-D', data, '-p', String(port), ...settings], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...AS,
  })
  const log: string[] = []
  child.stderr.on('data', (text) => void log.push(String(text)))
  const kill = () => void child.kill('SIGQUIT')
  process.once('exit', kill)
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  await untilReady(url, child, log)
  log.length = 0
  return {
    url,
    async stop() {
      process.removeListener('exit', kill)
      const gone = once(child, 'exit')
      kill()
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function makeCluster(bin: string, folder: string): string {
  const data = path.join(folder, 'data')
  mkdirSync(data, { mode: 0o700 })
  chmodSync(folder, 0o755)
  if (isRoot) chownSync(data, NOBODY, NOBODY)
  const options = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--no-locale']
  execFileSync(path.join(bin, 'initdb'), ['-D', data, ...options, '--no-sync'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    ...AS,
  })
  return data
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('a socket without a port')
  return address.port
}

async function untilReady(url: string, child: ChildProcess, log: string[]): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`PostgreSQL did not start:\n${log.join('')}`)
    const client = new Client({ connectionString: url })
    try {
      await client.connect()
      return await client.end()
    } catch {
      await pause(20)
    }
  }
}
