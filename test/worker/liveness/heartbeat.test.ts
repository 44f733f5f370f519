import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import type { Store } from '../../../src/db/store.ts'
import { parseExportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { createJob, requireJob } from '../../../src/engine/jobs/jobs.ts'
import { listWorkers } from '../../../src/engine/lifecycle/workers.ts'
import { exportJob } from '../../../src/engine/jobs/new-job.ts'
import { programFile } from '../../../src/installation.ts'
import type {
  HeartbeatData,
  HeartbeatNews,
  HeartbeatOrder,
} from '../../../src/worker/liveness/heartbeat.ts'
import { aRescuer, rescueSilent } from '../../support/jobs/a-rescuer.ts'
import { anIdentity } from '../../support/jobs/an-identity.ts'
import { aStore } from '../../support/a-store.ts'
import { aWaitingJob, until } from '../../support/jobs/big-import.ts'
import { anEndlessJob, makeWaiting } from '../../support/faults/endless-jobs.ts'
import { tmpDir } from '../../support/tmp.ts'

const WORKER = path.join(import.meta.dirname, '../../support/programs/a-worker.ts')
const COUNT = 'with recursive n(i) as (select 1 union all select i + 1 from n where i <'

function startWorker(store: Store): void {
  const worker = spawn(process.execPath, [WORKER, store.url], { stdio: 'ignore' })
  onTestFinished(() => void worker.kill('SIGKILL'))
}

/** Its view takes longer to read than any test lasts, in one statement. */
async function anEndlessExport(): Promise<{ store: Store; id: number }> {
  const { store, folder } = await aStore()
  await sql.raw(`create view slow as ${COUNT} 1e15) select max(i) from n`).execute(store.db)
  const specification = parseExportSpecification({
    table: 'slow',
    path: path.join(folder, 'slow.csv'),
  })
  const { id } = await createJob(
    store.db,
    { ...exportJob(specification, {}), status: 'start_pending' },
    { now: new Date(), actor: 'test' },
  )
  return { store, id }
}

test('the heart of a worker beats on while one statement takes for ever, and tells of no progress', async () => {
  const { store, id } = await anEndlessExport()
  startWorker(store)
  await until(store, id, ({ status }) => status === 'running')
  const rescuer = aRescuer(store.db)
  const beats = new Set<string>()
  const progress = new Set<string | null>()
  while (beats.size < 5) {
    beats.add(await nextBeat(store, beats))
    const job = await requireJob(store.db, id)
    expect(job).toMatchObject({ status: 'running', counters: { processed: 0 } })
    progress.add(job.progressed_at)
    rescuer.sleepFor(4)
    expect(await rescuer.sweep(new Date())).toEqual([])
  }
  // When it was taken.
  expect(progress.size).toBe(1)
})

async function nextBeat({ db }: Store, beats: Set<string>): Promise<string> {
  for (;;) {
    const [worker] = await listWorkers(db)
    if (worker !== undefined && !beats.has(worker.heartbeat_at)) return worker.heartbeat_at
    await pause(5)
  }
}

test('it tells of progress where much is read and nothing comes of it', async () => {
  const endless = await anEndlessJob(['a line that never ends', 'csv'], await aStore())
  const { store, processed } = endless
  const { id } = await makeWaiting(endless)
  startWorker(store)
  const { batches } = await until(store, id, ({ counters }) => counters.processed === processed)
  const progress = new Set<string | null>()
  while (progress.size < 3) {
    const job = await until(store, id, ({ progressed_at }) => !progress.has(progressed_at))
    expect(job).toMatchObject({ status: 'running', batches })
    progress.add(job.progressed_at)
  }
})

test('a heart whose database is not there any more makes no other one', async () => {
  const file = path.join(tmpDir(), 'gone.db')
  const thread = new Worker(programFile('worker/liveness/heartbeat-thread'), {
    workerData: {
      url: `sqlite:${file}`,
      process: 'a test',
      isEager: false,
      worker: anIdentity(),
      beatMs: 5,
      progress: new SharedArrayBuffer(4),
    } satisfies HeartbeatData,
  })
  onTestFinished(() => void thread.terminate())
  thread.postMessage({ claim: 'mine' } satisfies HeartbeatOrder)
  const told: unknown[] = []
  thread.on('message', (news: HeartbeatNews) => {
    if (typeof news === 'object') told.push(news.failure)
  })
  while (told.length === 0 && !existsSync(file)) await pause(5)
  expect(String(told[0])).toContain('no_database')
  expect(existsSync(file)).toBe(false)
})

test('a worker that held the lock for longer than the lease is alive when it lets go', async () => {
  const { store, folder } = await aStore()
  await sql.raw('create table person (id integer primary key)').execute(store.db)
  await sql
    .raw(
      `create trigger slow after insert on person
       begin select (${COUNT} 1e7) select max(i) from n); end`,
    )
    .execute(store.db)
  writeFileSync(path.join(folder, 'big.csv'), 'id\n1\n')
  const { id } = await aWaitingJob(store, folder)
  startWorker(store)
  await untilLocked(store)
  // Nobody can have beaten since: to this rescuer, every worker is silent.
  expect(await rescueSilent(store.db)).toEqual([])
  const job = await until(store, id, ({ status }) => status === 'finished')
  expect(job.attempts).toBe(1)
})

/** Until somebody's transaction is so long that a write meets it several times. */
async function untilLocked(store: Store): Promise<void> {
  await sql.raw('pragma busy_timeout = 0').execute(store.db)
  for (let met = 0; met < 5;) {
    try {
      await sql.raw('update tallyman_job set id = id where id = 0').execute(store.db)
      met = 0
    } catch {
      met++
    }
    await pause(5)
  }
}
