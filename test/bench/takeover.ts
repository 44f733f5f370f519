import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openStore } from '../../src/db/open.ts'
import type { Store } from '../../src/db/store.ts'
import { requireJob } from '../../src/engine/jobs/jobs.ts'
import { cuttableProxy } from '../support/cluster/cuttable-proxy.ts'
import { makeNumbered, numberedImport } from '../support/cluster/numbered-imports.ts'
import { startWorkerProcess, type WorkerProcess } from '../support/cluster/worker-process.ts'
import { findPostgres } from '../support/postgres/find.ts'
import { startServer } from '../support/postgres/server.ts'
import { median } from './measure.ts'

const TIMES = { killed: 9, stopped: 5, cut: 5 }
const WORKERS = 3
/** Some minutes: nobody comes to its end. */
const LONG = { records: 100_000, sleepMs: 2 }

/** How long a job stands still on PostgreSQL whose worker is lost: until another one has it. */
export async function measureTakeover(): Promise<string> {
  const found = findPostgres()
  if (found === undefined) throw new Error('there is no PostgreSQL')
  const server = await startServer(found)
  const folder = mkdtempSync(path.join(tmpdir(), 'tallyman-bench-'))
  const store = await openStore(server.url)
  try {
    await makeNumbered(store.db, LONG.sleepMs)
    const subject = { store, folder, url: server.url }
    const lines = [
      await measure(subject, 'killed', (worker) => worker.signal('SIGKILL')),
      await measure(subject, 'stopped', (worker) => worker.signal('SIGSTOP')),
      await measure(subject, 'cut', (_, cut) => cut()),
    ]
    return ['takeover (PostgreSQL)', ...lines].join('\n')
  } finally {
    await store.close()
    await server.stop()
    rmSync(folder, { recursive: true })
  }
}

type Subject = { store: Store; folder: string; url: string }

async function measure(
  { store, folder, url }: Subject,
  what: keyof typeof TIMES,
  lose: (worker: WorkerProcess, cut: () => void) => void,
): Promise<string> {
  const seconds: number[] = []
  for (let time = 0; time < TIMES[what]; time++) {
    const ways = await Promise.all(Array.from({ length: WORKERS }, () => cuttableProxy(url)))
    const workers = ways.map((way) => startWorkerProcess(way.url))
    try {
      const id = await numberedImport(store, folder, { number: time, records: LONG.records })
      const { worker: holder } = await until(store, id, ({ status, counters }) => {
        return status === 'running' && counters.processed > 0
      })
      const at = workers.findIndex(({ name }) => name === holder)
      const lost = workers[at]
      if (lost === undefined) throw new Error(`nobody is called ${holder}`)
      // Long enough for a session, and at no fixed moment between two heartbeats.
      await pause(3_000 + Math.random() * 2_000)
      const began = performance.now()
      lose(lost, () => ways[at]?.cut())
      await until(store, id, ({ worker, status }) => status === 'running' && worker !== holder)
      seconds.push((performance.now() - began) / 1000)
    } finally {
      await Promise.all(workers.map((worker) => worker.kill()))
      await Promise.all(ways.map((way) => way.stop()))
    }
    await store.db
      .updateTable('tallyman_job')
      .set({ status: 'cancelled', ended_at: 'x', claim: null })
      .execute()
  }
  const all = seconds.map((one) => one.toFixed(1)).join(', ')
  return `  ${what}: median ${median(seconds).toFixed(1)} s (${all})`
}

type Seen = Awaited<ReturnType<typeof requireJob>>

async function until({ db }: Store, id: number, isSo: (job: Seen) => boolean): Promise<Seen> {
  for (;;) {
    const job = await requireJob(db, id)
    if (isSo(job)) return job
    await pause(20)
  }
}

if (import.meta.main) console.log(await measureTakeover())
