import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { openStore } from '../../src/db/open.ts'
import type { Job } from '../../src/domain/jobs/job.ts'
import { isOver } from '../../src/domain/states/status.ts'
import { findJob } from '../../src/engine/jobs/jobs.ts'
import { findPostgres } from '../support/postgres/find.ts'
import { startServer } from '../support/postgres/server.ts'
import { databaseUrl } from '../support/postgres/setup.ts'
import { MAIN } from '../support/programs/main.ts'
import { jobsAt } from './server.ts'

const MEGABYTES = Number(process.env['MEGABYTES'] ?? 2_000)
const OWN = { 'sec-fetch-site': 'same-origin' }
const BOUNDARY = 'tallyman-bench'
const HEAD = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="people.csv"\r\n\r\n`
const NAMES = 'id,first_name,last_name,email,city,birth_date,amount\n'
/** Records of about a megabyte. */
const BLOCK = Buffer.from(
  Array.from(
    { length: 14_000 },
    (_, at) =>
      `${at},First${at % 500},Last${at},user${at}@example.com,City${at % 300},1980-05-17,12.50\n`,
  ).join(''),
)

/** What server and worker take of the memory while a file is uploaded in one form and then imported. */
export async function* measureUpload(): AsyncGenerator<string> {
  yield `upload: ${MEGABYTES} MB in one form, and its import; peak memory of each process`
  const folder = mkdtempSync(path.join(tmpdir(), 'tallyman-bench-'))
  try {
    yield `  SQLite, files beside it: ${await measureOn(`sqlite:${path.join(folder, 'upload.db')}`, folder)}`
    const found = findPostgres()
    if (found === undefined) return yield '  PostgreSQL: not measured, since there is no PostgreSQL'
    const postgres = await startServer(found)
    try {
      yield `  PostgreSQL, files in it: ${await measureOn(databaseUrl(postgres.url, 'postgres'), folder)}`
    } finally {
      await postgres.stop()
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function measureOn(database: string, folder: string): Promise<string> {
  const args = [MAIN, 'serve', '--port', '0', '--workers', '1', '--json', '--database', database]
  const server = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    const [line] = await once(server.stdout, 'data')
    const jobs = jobsAt(String(line))
    const began = performance.now()
    const id = await upload(new URL('uploads', jobs))
    const uploaded = performance.now()
    const whileUploading = peakOf(server.pid)
    await fetch(`${jobs}/${id}/start`, { method: 'POST', headers: OWN, redirect: 'manual' })
    const { counters } = await untilOver(database, id)
    const imported = performance.now()
    const [worker] = childrenOf(server.pid)
    return [
      `uploaded in ${told(uploaded - began)}, server ${whileUploading} MiB`,
      `${counters.inserted.toLocaleString('en')} records imported in ${told(imported - uploaded)}, server ${peakOf(server.pid)} MiB, worker ${peakOf(worker)} MiB`,
    ].join('; ')
  } finally {
    server.kill()
    await once(server, 'exit')
  }
}

/** @returns the number of the job that the upload made */
async function upload(url: URL): Promise<number> {
  const headers = { ...OWN, 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }
  const sent = request(url, { method: 'POST', headers })
  const answered = once(sent, 'response')
  await pipeline(Readable.from(form()), sent)
  const [answer] = await answered
  answer.resume()
  const [, id] = /\/jobs\/(\d+)\//.exec(String(answer.headers.location)) ?? []
  if (id === undefined) throw new Error(`the upload was answered with ${answer.statusCode}`)
  return Number(id)
}

function* form(): Generator<string | Buffer> {
  yield HEAD + NAMES
  for (let bytes = 0; bytes < MEGABYTES * 1e6; bytes += BLOCK.length) yield BLOCK
  yield `\r\n--${BOUNDARY}--\r\n`
}

async function untilOver(database: string, id: number): Promise<Job> {
  const store = await openStore(database)
  try {
    for (;;) {
      const job = await findJob(store.db, id)
      if (job !== undefined && isOver(job.status)) {
        if (job.status === 'finished') return job
        throw new Error(`the import is ${job.status}`)
      }
      await pause(100)
    }
  } finally {
    await store.close()
  }
}

/** What a process and its threads had of the machine's memory at most, in MiB. */
function peakOf(pid: number | undefined): number {
  const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kib) / 1024)
}

function childrenOf(pid: number | undefined): number[] {
  const found = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return found.trim().split(' ').map(Number)
}

function told(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

if (import.meta.main) for await (const line of measureUpload()) console.log(line)
