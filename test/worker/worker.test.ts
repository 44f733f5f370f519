import path from 'node:path'
import { sql } from 'kysely'
import { kindOf } from '../../src/db/kind.ts'
import { expect, test } from 'vitest'
import { balances } from '../../src/domain/jobs/counters.ts'
import type { Job } from '../../src/domain/jobs/job.ts'
import { parseExportSpecification } from '../../src/domain/specification/parse-specification.ts'
import { createJob, findJob } from '../../src/engine/jobs/jobs.ts'
import { iterateJournal } from '../../src/engine/ground/journal.ts'
import { transition } from '../../src/engine/lifecycle/transition.ts'
import { exportJob } from '../../src/engine/jobs/new-job.ts'
import { aJob, WORKER } from '../support/jobs/a-job.ts'
import { aStore } from '../support/a-store.ts'
import {
  aBigImport,
  aWaitingJob,
  BIG_IMPORT,
  countPeople,
  isUnderWay,
  until,
  WHOLE,
} from '../support/jobs/big-import.ts'
import { ended, start, tallyman } from '../support/programs/cli.ts'

const byOperator = () => ({ actor: 'operator', now: new Date() })

function expectPart({ counters, total }: Job, people: number): void {
  expect(counters.processed).toBeGreaterThan(0)
  expect(counters.processed).toBeLessThan(WHOLE.total)
  expect(balances(counters, total)).toBe(true)
  expect(people).toBe(counters.inserted)
}

test('a job that is paused under way goes on where it stopped', async () => {
  const { folder, store } = await aBigImport()
  const { id } = await aWaitingJob(store, folder)
  start(folder, ['worker'])
  await until(store, id, isUnderWay)
  await transition(store.db, id, 'pause', byOperator())
  const paused = await until(store, id, ({ status }) => status === 'paused')
  expectPart(paused, await countPeople(store))

  await transition(store.db, id, 'start', byOperator())
  const job = await until(store, id, ({ status }) => status === 'finished')
  expect(job).toMatchObject(WHOLE)
  expect(job.attempts).toBe(2)
  expect(await countPeople(store)).toBe(WHOLE.counters.inserted)
})

test('an import in the foreground obeys a cancel from elsewhere, and exits with 1', async () => {
  const { folder, store } = await aBigImport()
  const importing = start(folder, ['import', 'big.csv', ...BIG_IMPORT, '--json'])
  const over = ended(importing)
  await until(store, 1, isUnderWay)
  expect((await tallyman(folder, ['jobs', 'cancel', '1'])).code).toBe(0)

  const { code, out } = await over
  expect(code).toBe(1)
  expect(JSON.parse(out)).toMatchObject({ status: 'cancelled', failure: null })
  const job = await findJob(store.db, 1)
  expect(job?.status).toBe('cancelled')
  if (job !== undefined) expectPart(job, await countPeople(store))
  const keys = await sql<{ n: number }>`select count(*) as n from tallyman_key`.execute(store.db)
  expect(keys.rows).toEqual([{ n: 0 }])
})

test('Ctrl-C lets go of the job, and start --run carries it to its end', async () => {
  const { folder, store } = await aBigImport()
  const importing = start(folder, ['import', 'big.csv', ...BIG_IMPORT])
  const over = ended(importing)
  await until(store, 1, isUnderWay)
  importing.kill('SIGINT')
  // npm passes it on once more; that is no second Ctrl-C.
  importing.kill('SIGINT')

  const { code, out } = await over
  expect(code).toBe(1)
  expect(out).toContain('Server shutdown in progress')
  expect(out).toContain('tallyman jobs start 1 --run')

  const { out: end } = await tallyman(folder, ['jobs', 'start', '1', '--run', '--json'])
  expect(JSON.parse(end)).toMatchObject({ status: 'finished' })
  expect(await findJob(store.db, 1)).toMatchObject(WHOLE)
  expect(await countPeople(store)).toBe(WHOLE.counters.inserted)
})

test('SIGTERM brings the job to shutting_down, and the next worker goes on with it', async () => {
  const { folder, store } = await aBigImport()
  const { id } = await aWaitingJob(store, folder)
  const worker = start(folder, ['worker'])
  const over = ended(worker)
  await until(store, id, isUnderWay)
  worker.kill('SIGTERM')

  expect((await over).code).toBe(0)
  const job = await until(store, id, () => true)
  expect(job).toMatchObject({ status: 'shutting_down', claim: null })
  expectPart(job, await countPeople(store))

  expect((await tallyman(folder, ['worker', '--once'])).code).toBe(0)
  expect(await findJob(store.db, id)).toMatchObject(WHOLE)
  expect(await countPeople(store)).toBe(WHOLE.counters.inserted)
})

test('a job whose worker is killed is rescued by another, and written once', async () => {
  const { folder, store } = await aBigImport()
  const { id } = await aWaitingJob(store, folder)
  const worker = start(folder, ['worker'])
  await until(store, id, isUnderWay)
  worker.kill('SIGKILL')
  start(folder, ['worker'])

  const job = await until(store, id, ({ status }) => status === 'finished')
  expect(job).toMatchObject(WHOLE)
  expect(await countPeople(store)).toBe(WHOLE.counters.inserted)
  const codes: string[] = []
  for await (const { code } of iterateJournal(store.db, id)) codes.push(code)
  expect(codes).toEqual(expect.arrayContaining(['TLY-1012', 'TLY-1009', 'TLY-1010', 'TLY-1011']))
})

test('a worker that is inside of a view without end lets go of its job, and ends', async () => {
  const { folder, store } = await aStore()
  await sql`create view endless as with recursive n(i) as (select 1 union all select i + 1 from n)
            select (select max(i) from n) as last`.execute(store.db)
  const specification = parseExportSpecification({
    table: 'endless',
    path: path.join(folder, 'endless.csv'),
  })
  const { id } = await createJob(
    store.db,
    { ...exportJob(specification, {}), status: 'start_pending' },
    byOperator(),
  )
  const worker = start(folder, ['worker'])
  const over = ended(worker)
  await until(store, id, ({ status }) => status === 'running')
  worker.kill('SIGTERM')

  expect((await over).err).toContain('Stopping after the batch under way')
  expect(await findJob(store.db, id)).toMatchObject({ status: 'shutting_down', claim: null })
})

test('a worker that ends when nothing waits tells which jobs it leaves to others', async () => {
  const {
    folder,
    store: { db },
  } = await aStore()
  const held = await aJob(db, { status: 'running' })
  await aJob(db, { status: 'paused' })

  const english = await tallyman(folder, ['worker', '--once'])
  expect(english.err.trim().split('\n').slice(1)).toEqual([
    `Job ${held.id} is left to worker ${WORKER}. If that one died: "tallyman worker", ` +
      `without --once, takes the job up after ${kindOf(db).patience.leaseMs / 1000} seconds of silence.`,
  ])
  const spanish = await tallyman(folder, ['worker', '--once'], { LC_ALL: 'es_ES.UTF-8' })
  expect(spanish.err).toContain(`El trabajo ${held.id} se deja al ejecutor ${WORKER}.`)
  expect([english.code, spanish.code]).toEqual([0, 0])
})

test('an idle worker ends at once when it is told to', async () => {
  const { folder } = await aStore()
  const worker = start(folder, ['worker'])
  const over = ended(worker)
  await new Promise((resolve) => worker.stderr.once('data', resolve))
  worker.kill('SIGTERM')
  expect((await over).code).toBe(0)
})
