import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../src/db/open.ts'
import type { Store } from '../../src/db/store.ts'
import type { Job } from '../../src/domain/jobs/job.ts'
import { journalAfter } from '../../src/engine/ground/journal.ts'
import { createJob, requireJob } from '../../src/engine/jobs/jobs.ts'
import { importJob } from '../../src/engine/jobs/new-job.ts'
import { parseImportSpecification } from '../../src/domain/specification/parse-specification.ts'
import { OWN } from '../support/pages/app.ts'
import { ended, start } from '../support/programs/cli.ts'
import { ownCluster, untilJob, untilSession, type Machine } from '../support/cluster/own-cluster.ts'
import { countNumbered, makeNumbered, numberedImport } from '../support/cluster/numbered-imports.ts'
import { startWorkerProcess } from '../support/cluster/worker-process.ts'
import { rounds } from '../support/faults/chance.ts'
import { aServer } from '../support/programs/server.ts'
import { tmpDir } from '../support/tmp.ts'

const OVER = ['finished', 'failed', 'cancelled']

async function codesOf(store: Store, id: number): Promise<string[]> {
  return (await journalAfter(store.db, id, { after: 0, limit: 1_000 })).map(({ code }) => code)
}

async function expectAgreement(store: Store): Promise<void> {
  const { code, out } = await ended(start(tmpDir(), ['verify', '--database', store.url]))
  expect([code, out]).toEqual([0, expect.anything()])
}

test('the jobs of workers that are killed, stopped or cut off are carried on, each record once', async () => {
  const { store, folder, machine } = await ownCluster()
  await makeNumbered(store.db, 2)
  const records = 4_000
  const machines: Machine[] = []
  for (let count = 0; count < 3; count++) machines.push(await machine())
  const ids = [0, 1, 2].map((number) =>
    numberedImport({ db: store.db }, folder, { number, records }),
  )
  const held = await Promise.all(
    ids.map(async (id) => {
      const isHeld = untilJob(store, await id, ({ counters }) => counters.processed > 0)
      const job = await isHeld
      const of = machines.find(({ worker }) => worker.name === job.worker)
      if (of === undefined) throw new Error(`nobody is called ${job.worker}`)
      await untilSession(store, of.worker.name)
      return { id: job.id, worker: of.worker, way: of.way }
    }),
  )
  const spare = [await machine(), await machine(), await machine()]
  for (const { worker } of spare) await untilSession(store, worker.name)

  const [killed, stopped, cut] = held
  killed?.worker.signal('SIGKILL')
  stopped?.worker.signal('SIGSTOP')
  cut?.way.cut()
  for (const { id, worker } of held) {
    const next = await untilJob(
      store,
      id,
      (job) => job.status === 'running' && job.worker !== worker.name,
    )
    expect(next.deaths).toBe(1)
    // Who is cut off does not hear of the other: it has stopped before.
    if (id === cut?.id) expect(worker.said.join('')).toContain('what runs here stops')
  }
  stopped?.worker.signal('SIGCONT')
  cut?.way.restore()
  for (const { id } of held) {
    await untilJob(store, id, ({ status }) => OVER.includes(status))
    expect(await requireJob(store.db, id)).toMatchObject({
      status: 'finished',
      counters: { inserted: records },
    })
  }
  expect(await countNumbered(store.db)).toEqual({ rows: 3 * records, twice: 0 })

  // Both are workers again.
  await killed?.worker.kill()
  for (const { worker } of spare) await worker.kill()
  for (const number of [3, 4]) {
    const id = await numberedImport(store, folder, { number, records: 100 })
    const { worker } = await untilJob(store, id, ({ status }) => status === 'finished')
    expect([stopped?.worker.name, cut?.worker.name]).toContain(worker)
  }
  await expectAgreement(store)
})

test('a database that is started again costs a batch, and no worker its job', async () => {
  const { store, server, folder, machine } = await ownCluster()
  await makeNumbered(store.db, 1)
  const records = 3_000
  const { worker } = await machine()
  await machine()
  const id = await numberedImport(store, folder, { number: 0, records })
  const before = await untilJob(store, id, ({ counters }) => counters.processed > 0)
  await untilSession(store, worker.name)
  await server.restart()
  const job = await untilJob(store, id, ({ status }) => OVER.includes(status))
  expect(job).toMatchObject({ status: 'finished', deaths: 0, worker: before.worker })
  expect(await codesOf(store, id)).toContain('TLY-1070')
  expect(await countNumbered(store.db)).toEqual({ rows: records, twice: 0 })
  await expectAgreement(store)
})

test('a server that comes back on another port, by the address that leads to it, costs a batch', async () => {
  const { store, server, folder, machine } = await ownCluster()
  await makeNumbered(store.db, 1)
  const records = 3_000
  const machines = [await machine(), await machine()]
  const id = await numberedImport(store, folder, { number: 0, records })
  const before = await untilJob(store, id, ({ counters }) => counters.processed > 0)
  for (const { worker } of machines) await untilSession(store, worker.name)
  const old = server.url
  await server.restart('other port')
  expect(server.url).not.toBe(old)
  for (const { way } of machines) way.leadTo(server.url)
  const there = await openStore(server.url)
  onTestFinished(() => there.close())
  const job = await untilJob(there, id, ({ status }) => OVER.includes(status))
  expect(job).toMatchObject({ status: 'finished', deaths: 0, worker: before.worker })
  expect(await countNumbered(there.db)).toEqual({ rows: records, twice: 0 })
  await expectAgreement(there)
})

/** What another program does while a batch is under way. */
const MEETINGS: Record<string, (client: Client) => Promise<void>> = {
  /** It takes what the batch's trigger wants, and waits for the rows that the batch has. */
  async deadlocks(client) {
    await client.query('update wanted set n = n + 1')
    await client.query(TOUCH)
  },
  /** It changes what the batch's trigger will, of which the batch has seen the older state. */
  async 'serialization failures'(client) {
    await client.query('update wanted set n = n + 1')
  },
}
const SHARED = 500
const TOUCH = 'update shared set other = other + 1'

async function meet(url: string, round: (client: Client) => Promise<void>) {
  const client = new Client({ connectionString: url })
  await client.connect()
  onTestFinished(() => client.end())
  // So that the import is the one that gives way.
  await client.query("set deadlock_timeout = '1min'")
  let isOver = false
  const all = (async () => {
    while (!isOver) {
      await client.query('begin')
      await round(client)
        .then(() => client.query('commit'))
        .catch(() => client.query('rollback'))
      // Who waits for a row is awake only now, and would find it taken again.
      await pause(5)
    }
  })()
  return async () => {
    isOver = true
    await all
  }
}

test.each([
  ['deadlocks', 'read committed'],
  ['serialization failures', 'serializable'],
])('%s with another program cost a batch, and no record', async (kind, isolation) => {
  const { store, server, folder, machine } = await ownCluster({
    deadlock_timeout: '20ms',
    default_transaction_isolation: isolation,
  })
  await sql
    .raw(
      `create table shared (id integer primary key, n integer, other integer not null default 0);
       insert into shared select i, 0 from generate_series(1, ${SHARED}) i;
       create table wanted (n integer);
       insert into wanted values (0);
       create function slow_down() returns trigger language plpgsql as
       'begin perform pg_sleep(0.002); update wanted set n = n + 1; return new; end';
       create trigger slow_down before update of n on shared
       for each row execute function slow_down()`,
    )
    .execute(store.db)
  const file = path.join(folder, 'shared.csv')
  const lines = Array.from({ length: SHARED }, (_, at) => `${at + 1},1`)
  writeFileSync(file, `id,n\n${lines.join('\n')}\n`)
  const specification = parseImportSpecification({ path: file, table: 'shared', key: ['id'] })
  const round = MEETINGS[kind]
  if (round === undefined) throw new Error(kind)
  const stop = await meet(server.url, round)
  await machine()
  const wanted = { ...importJob(specification, {}), status: 'start_pending' } as const
  const { id } = await createJob(store.db, wanted, { now: new Date(), actor: 'test' })
  await expect.poll(() => codesOf(store, id)).toContain('TLY-1070')
  await stop()
  const job = await untilJob(store, id, ({ status }) => OVER.includes(status))
  expect(job).toMatchObject({ status: 'finished', deaths: 0, counters: { updated: SHARED } })
  const { rows } = await sql`select sum(n)::int as n from shared`.execute(store.db)
  expect(rows).toEqual([{ n: SHARED }])
})

test('a click whose server is killed has happened or not, and another server shows which', async () => {
  const { store, folder, server } = await ownCluster()
  await makeNumbered(store.db, 1)
  const env = { TALLYMAN_DATABASE: server.url, TALLYMAN_WORKERS: '0' }
  const other = await aServer(tmpDir(), [], env)
  const worker = startWorkerProcess(server.url)
  onTestFinished(() => worker.kill())
  for (let round = 0; round < rounds(2, 20); round++) {
    const one = await aServer(tmpDir(), [], env)
    const id = await numberedImport(store, folder, { number: round, records: 1_000 })
    await untilJob(store, id, ({ status }) => status === 'running')
    const click = fetch(`${one.url}jobs/${id}/pause`, {
      method: 'POST',
      headers: OWN,
      redirect: 'manual',
    })
    one.child.kill('SIGKILL')
    const answer = await click.catch(() => undefined)
    const isTold = async () => (await codesOf(store, id)).includes('TLY-1003')
    if (answer?.status === 303) expect(await isTold()).toBe(true)
    // The server of the database may still commit what it was sent.
    await expect
      .poll(async () => {
        const page = await (await fetch(`${other.url}jobs/${id}/journal`)).text()
        return page.includes('TLY-1003') === (await isTold())
      })
      .toBe(true)
    const isThere = ({ status }: Job) => status === 'paused' || OVER.includes(status)
    while ((await untilJob(store, id, isThere)).status === 'paused') {
      await fetch(`${other.url}jobs/${id}/start`, {
        method: 'POST',
        headers: OWN,
        redirect: 'manual',
      })
    }
    expect(await requireJob(store.db, id)).toMatchObject({ status: 'finished' })
  }
  expect(await countNumbered(store.db)).toMatchObject({ twice: 0 })
  await expectAgreement(store)
})
