import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openStore } from '../../src/db/open.ts'
import type { Store } from '../../src/db/store.ts'
import { parseImportSpecification } from '../../src/domain/specification/parse-specification.ts'
import { createJob, findJob } from '../../src/engine/jobs/jobs.ts'
import { importJob } from '../../src/engine/jobs/new-job.ts'
import { OPERATOR } from '../support/jobs/a-job.ts'
import {
  anEndlessJob,
  ENDLESS_EXPORTS,
  ENDLESS_IMPORTS,
  makeWaiting,
  type EndlessCase,
} from '../support/faults/endless-jobs.ts'
import { MAIN } from '../support/programs/main.ts'
import { p99 } from './measure.ts'
import { jobsAt } from './server.ts'

const WATCHED_MS = 5_000
const TURN_MS = 25
const DATABASE = 'test.db'

/** What others notice while a worker stands before each of the sources and views without an end. */
export async function measureHostile(): Promise<string> {
  const lines: string[] = []
  for (const one of [...ENDLESS_IMPORTS, ...ENDLESS_EXPORTS]) lines.push(await measure(one))
  return lines.join('\n')
}

async function measure([what, packing]: EndlessCase): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallyman-bench-'))
  const store = await openStore(`sqlite:${path.join(folder, DATABASE)}`)
  try {
    const { id } = await makeWaiting(await anEndlessJob([what, packing], { folder, store }))
    const server = await serve(folder)
    const worker = await workerOf(store, id)
    // It waits for the only worker, and is started and paused in turn.
    const idle = importJob(parseImportSpecification({ path: '/data/none.csv', table: 'none' }), {})
    const other = await createJob(store.db, idle, { now: new Date(), actor: OPERATOR })
    const { clicks, pages, wrong } = await watch(server.jobs, { other: other.id, endless: id })
    const memory = { web: mostMemory(server.pid), worker: mostMemory(worker) }
    const began = performance.now()
    await server.stop()
    const stopped = performance.now() - began
    return [
      `${what}, ${packing}: clicks p99 ${p99(clicks).toFixed(0)} ms (${clicks.length})`,
      `pages p99 ${p99(pages).toFixed(0)} ms (${pages.length})`,
      `${wrong} answered with an error`,
      `web ${memory.web} MB, worker ${memory.worker} MB`,
      `SIGTERM ${(stopped / 1000).toFixed(1)} s`,
    ].join(', ')
  } finally {
    await store.close()
    rmSync(folder, { recursive: true })
  }
}

async function serve(folder: string) {
  const args = ['serve', '--port', '0', '--workers', '1', '--json', '--database']
  const child = spawn(process.execPath, [MAIN, ...args, `sqlite:${DATABASE}`], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [line] = await once(child.stdout, 'data')
  child.stdout.resume()
  return {
    jobs: jobsAt(String(line)),
    pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

async function workerOf({ db }: Store, id: number): Promise<number> {
  for (;;) {
    const job = await findJob(db, id)
    if (job?.status === 'running') return Number(job.worker?.split(':').at(-1))
    await pause(20)
  }
}

/** The memory that a process had at the most, in megabytes. */
function mostMemory(pid: number): number {
  const [, kilobytes] =
    /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kilobytes) / 1000)
}

/** Milliseconds until each was answered, and how many with an error. */
async function watch(list: string, jobs: { other: number; endless: number }) {
  const clicks: number[] = []
  const pages: number[] = []
  let wrong = 0
  const until = performance.now() + WATCHED_MS
  const timed = async (times: number[], address: string, request: RequestInit = {}) => {
    const began = performance.now()
    const answer = await fetch(address, { ...request, redirect: 'manual' })
    await answer.arrayBuffer()
    times.push(performance.now() - began)
    if (answer.status >= 400 && answer.status !== 409) wrong++
  }
  const clicking = async () => {
    for (let turn = 0; performance.now() < until; turn++) {
      const event = turn % 2 === 0 ? 'start' : 'pause'
      const click = { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' } }
      await timed(clicks, `${list}/${jobs.other}/${event}`, click)
      await pause(TURN_MS)
    }
  }
  const shown = [list, `${list}/${jobs.other}`, `${list}/${jobs.endless}`]
  // The code of a page is compiled for the first who opens it, which is no work of the source's.
  for (const address of shown) await timed([], address)
  const reading = async () => {
    for (let turn = 0; performance.now() < until; turn++) {
      await timed(pages, shown[turn % shown.length] ?? list)
      await pause(TURN_MS)
    }
  }
  await Promise.all([clicking(), reading()])
  return { clicks, pages, wrong }
}

if (import.meta.main) console.log(await measureHostile())
