import { mkdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { requireJob } from '../../src/engine/jobs/jobs.ts'
import { transition } from '../../src/engine/lifecycle/transition.ts'
import { NOON, OPERATOR } from '../support/jobs/a-job.ts'
import { aStore } from '../support/a-store.ts'
import { until } from '../support/jobs/big-import.ts'
import { ended, start, tallyman } from '../support/programs/cli.ts'

const ROWS = 300_000

test('two exports to one file, by whatever way, are not under way at once', async () => {
  const { folder, store } = await aStore()
  await sql`create table person (id integer primary key, name text)`.execute(store.db)
  await sql`insert into person with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ROWS})
            select i, 'Name ' || i from n`.execute(store.db)
  mkdirSync(path.join(folder, 'out'))
  symlinkSync('out', path.join(folder, 'link'))
  const first = start(folder, ['export', 'person', '--to', path.join('out', 'people.csv')])
  await until(store, 1, ({ counters }) => counters.processed > 0)
  await transition(store.db, 1, 'pause', { actor: OPERATOR, now: NOON })
  await ended(first)
  expect(await requireJob(store.db, 1)).toMatchObject({ status: 'paused' })

  const second = ['export', 'person', '--to', path.join('link', 'people.csv')]
  const { code, out, err } = await tallyman(folder, second)
  expect([code, out]).toEqual([1, ''])
  expect(err).toMatch(/^Job 1 writes the file .*people\.csv.* and is not over; wait for its end/)

  expect((await tallyman(folder, ['jobs', 'start', '1'])).code).toBe(0)
  await tallyman(folder, ['worker', '--once'])
  expect((await tallyman(folder, [...second, '--force'])).code).toBe(0)
})
