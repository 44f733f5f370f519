import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { openStore } from '../../src/db/open.ts'
import type { Store } from '../../src/db/store.ts'
import { balances } from '../../src/domain/counters.ts'
import type { Job } from '../../src/domain/job.ts'
import { exportSpecification, importSpecification } from '../../src/domain/specification.ts'
import { createJob, findJob, type NewJob } from '../../src/engine/jobs.ts'
import { transition } from '../../src/engine/transition.ts'
import { rescueSilent } from '../support/a-rescuer.ts'
import { MAIN } from '../support/cli.ts'
import { tmpDir } from '../support/tmp.ts'

const OPERATOR = 'operator'
const KILLS = 30
const ROWS = 40_000

/** A table with rows, a file with doubles, duplicates and damage, or a table to be exported. */
async function prepare(type: Job['type'], name: string, folder: string) {
  const store = await openStore(`sqlite:${path.join(folder, `${name}.db`)}`)
  await sql`create table person (id integer primary key, name text not null, age integer)`.execute(
    store.db,
  )
  const count = type === 'import' ? 500 : ROWS * 6
  await sql`insert into person with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})
            select i * 7, 'stored ' || i, i % 90 from n`.execute(store.db)
  const { id } = await createJob(
    store.db,
    type === 'import' ? anImport(folder) : anExport(folder, name),
    {
      now: new Date(),
      actor: OPERATOR,
    },
  )
  return { store, id, url: `sqlite:${path.join(folder, `${name}.db`)}` }
}

function anImport(folder: string): NewJob {
  const file = path.join(folder, 'people.csv')
  if (!existsSync(file)) {
    const lines = Array.from({ length: ROWS }, (_, at) => {
      if (at % 101 === 0) return `${at},bad"quote,1`
      if (at % 97 === 0) return `${at},no number,x`
      return `${at % 53 === 0 ? at - 1 : at},name ${at},${at % 90}`
    })
    writeFileSync(file, `id,name,age\n${lines.join('\n')}\n`)
  }
  const specification = importSpecification.parse({
    path: file,
    table: 'person',
    key: ['id'],
    operation: 'insert_or_update',
    doubles: 'reject',
    duplicates: 'reject',
  })
  return {
    type: 'import',
    label: 'kill me',
    specification,
    targetTable: 'person',
    fileName: 'people.csv',
    status: 'start_pending',
  }
}

function anExport(folder: string, name: string): NewJob {
  const file = path.join(folder, `${name}.csv`)
  const specification = exportSpecification.parse({ table: 'person', path: file })
  return {
    type: 'export',
    label: 'kill me',
    specification,
    targetTable: 'person',
    fileName: 'people.csv',
    status: 'start_pending',
  }
}

function startWorker(url: string) {
  const worker = spawn(process.execPath, [MAIN, 'worker', '--once', '--database', url], {
    stdio: 'ignore',
  })
  return { worker, gone: once(worker, 'exit') }
}

async function jobOf(store: Store, id: number): Promise<Job> {
  const job = await findJob(store.db, id)
  if (job === undefined) throw new Error('the job is gone')
  expect(balances(job.counters, job.total)).toBe(true)
  return job
}

/** Runs the job to its end; `disturb` ends each worker but the last, which nobody disturbs. */
async function runThrough(
  { store, id, url }: Awaited<ReturnType<typeof prepare>>,
  disturbances: number,
  disturb: (worker: ReturnType<typeof startWorker>) => Promise<void>,
) {
  let disturbed = 0
  for (;;) {
    const before = await jobOf(store, id)
    if (before.status === 'finished') return disturbed
    if (before.status === 'failed' || before.status === 'paused') {
      await transition(store.db, id, 'start', { actor: OPERATOR, now: new Date() })
    }
    const running = startWorker(url)
    if (disturbed < disturbances) {
      await Promise.race([running.gone, moved(store, id, before.batches)])
      await disturb(running)
      disturbed++
    }
    await running.gone
    // What a rescuer would do when the lease is over, without the wait for it.
    await rescueSilent(store.db)
  }
}

async function moved(store: Store, id: number, batches: number): Promise<void> {
  while ((await jobOf(store, id)).batches <= batches) await pause(2)
}

async function comparable(store: Store, id: number) {
  const rows = async (text: string) => (await sql.raw(text).execute(store.db)).rows
  const { counters, total, file_size, file_sha256, status } = await jobOf(store, id)
  return {
    job: { counters, total, file_size, file_sha256, status },
    people: await rows('select * from person order by id'),
    rejects: await rows(
      `select record, seq, line, offset, connector, type, field, code, params, raw
       from tallyman_reject order by record, seq`,
    ),
  }
}

const random = () => pause(Math.random() * 25)

describe.each([
  ['SIGKILL', KILLS],
  ['SIGTERM', 5],
  ['Pause and Start', 5],
] as const)('with %s (%i times)', (how, times) => {
  test.each(['import', 'export'] as const)(
    'an %s comes to the same end as an undisturbed one',
    async (type) => {
      const folder = tmpDir()
      const calm = await prepare(type, 'calm', folder)
      await runThrough(calm, 0, () => Promise.resolve())
      const disturbed = await prepare(type, 'disturbed', folder)

      const count = await runThrough(disturbed, times, async ({ worker }) => {
        await random()
        if (how === 'Pause and Start') {
          const pausing = { actor: OPERATOR, now: new Date() }
          // It may be over by now: then there is nothing to pause.
          await transition(disturbed.store.db, disturbed.id, 'pause', pausing).catch(
            () => undefined,
          )
        } else {
          worker.kill(how)
        }
      })

      expect(count).toBeGreaterThan(2)
      expect(await comparable(disturbed.store, disturbed.id)).toEqual(
        await comparable(calm.store, calm.id),
      )
      if (type === 'export') {
        const [one, other] = ['calm', 'disturbed'].map((name) =>
          readFileSync(path.join(folder, `${name}.csv`)),
        )
        expect(one?.equals(other ?? Buffer.alloc(0))).toBe(true)
      }
      await Promise.all([calm.store.close(), disturbed.store.close()])
    },
    180_000,
  )
})
