import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { unpack, type PostgresPrograms } from './find-programs.ts'

/** A server for as long as this process wants it, and never longer than the process lasts. */
export type OwnServer = {
  /** As of now, with the port. */
  readonly url: string
  /** Ends all its sessions and starts it again, on the same port or on another one. */
  restart(on?: 'same port' | 'other port'): Promise<void>
  stop(): Promise<void>
}

type OwnServerOptions = {
  /** How users are let in: `trust`, or with the password `secret`. */
  auth?: 'trust' | 'scram-sha-256'
  settings?: Record<string, string>
  /** Without the settings below. */
  isBare?: boolean
}

/** PostgreSQL refuses to run as root: this is `nobody`, a number that needs no name. */
export const NOBODY = 65534
const isRoot = process.getuid?.() === 0
const AS = isRoot ? { uid: NOBODY, gid: NOBODY } : {}
/** Nothing has to outlive a power cut, and nothing runs that nobody asked for. */
export const FLEETING = {
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

/**
 * Runs the server until the pipe to its standard input is closed, as it is also when the process at
 * its other end is killed; SIGQUIT ends it at once.
 */
const UNTIL_PIPE_CLOSES = `
exec 3<&0
"$@" </dev/null & server=$!
(read -r _ <&3; kill -QUIT $server) 2>/dev/null &
wait $server`

/** Makes a cluster of databases in a temporary folder, and starts a server on a free port. */
export async function startOwnServer(
  programs: PostgresPrograms,
  { auth = 'trust', settings = {}, isBare = false }: OwnServerOptions = {},
): Promise<OwnServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallyman-postgres-'))
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 20 })
  process.once('exit', remove)
  const bin = 'bin' in programs ? programs.bin : unpack(programs.npm, folder)
  const data = makeCluster(bin, folder, auth)
  let port = await freePort()
  const given = Object.entries({ ...(isBare ? {} : FLEETING), ...settings })
  const args = given.flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const password = auth === 'trust' ? '' : `:${PASSWORD}`
  const urlNow = () => `postgres://postgres${password}@127.0.0.1:${port}/postgres`
  const launch = async () => {
    const server = [path.join(bin, 'postgres'), '-D', data, '-p', String(port), ...args]
    const child = spawn('sh', ['-c', UNTIL_PIPE_CLOSES, 'sh', ...server], {
      cwd: folder,
      stdio: ['pipe', 'ignore', 'pipe'],
      // A Ctrl-C of the terminal is for this process alone, which ends the server last.
      detached: true,
      ...AS,
    })
    const log: string[] = []
    child.stderr.on('data', (text) => void log.push(String(text)))
    await untilReady(urlNow(), child, log)
    log.length = 0
    return child
  }
  let child = await launch()
  const end = async () => {
    const gone = once(child, 'exit')
    child.stdin.end()
    await gone
  }
  return {
    get url() {
      return urlNow()
    },
    async restart(on = 'same port') {
      await end()
      if (on === 'other port') port = await freePort()
      child = await launch()
    },
    async stop() {
      await end()
      process.off('exit', remove)
      remove()
    },
  }
}

const PASSWORD = 'secret'

function makeCluster(bin: string, folder: string, auth: string): string {
  const data = path.join(folder, 'data')
  mkdirSync(data, { mode: 0o700 })
  chmodSync(folder, 0o755)
  if (isRoot) chownSync(data, NOBODY, NOBODY)
  const passwordFile = path.join(folder, 'password')
  writeFileSync(passwordFile, PASSWORD)
  const options = [
    '--username=postgres',
    `--auth=${auth}`,
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--no-locale',
  ]
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
