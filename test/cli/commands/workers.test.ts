import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { kindOf } from '../../../src/db/kind.ts'
import { beat, type WorkerIdentity } from '../../../src/engine/lifecycle/workers.ts'
import { aJob } from '../../support/jobs/a-job.ts'
import { aStore } from '../../support/a-store.ts'
import { anIdentity } from '../../support/jobs/an-identity.ts'
import { tallyman } from '../../support/programs/in-process.ts'

test('workers are listed with their machine, version and job, also those that went silent', async () => {
  const { folder, store } = await aStore()
  const none = await tallyman(folder, ['workers', 'list'])
  expect([none.code, none.out]).toEqual([0, expect.stringContaining('There is no worker')])

  const now = new Date()
  const { leaseMs } = kindOf(store.db).patience
  const { id } = await aJob(store.db, { status: 'running', claim: 'mine' })
  const [one, other] = [anIdentity('one'), anIdentity('other')]
  // The name by which its sessions are found is for workers alone.
  const told = ({ id, name, host, version, started_at }: WorkerIdentity) => {
    return { id, name, host, version, started_at }
  }
  await beat(store.db, one, { claim: 'mine', now })
  const before = new Date(now.getTime() - 2 * leaseMs)
  await beat(store.db, other, { claim: null, now: before })
  const { out } = await tallyman(folder, ['workers', 'list', '--json'])
  const { workers } = JSON.parse(out)
  expect(workers).toHaveLength(2)
  expect(workers).toContainEqual({
    ...told(one),
    heartbeat_at: now.toISOString(),
    alive: true,
    job: id,
  })
  expect(workers).toContainEqual({
    ...told(other),
    heartbeat_at: before.toISOString(),
    alive: false,
    job: null,
  })
  const table = await tallyman(folder, ['workers', 'list'])
  expect(table.out).toMatch(/^Worker +Name +Machine .*\n(.*\n)*alive +one .* 1 /m)
})

test('a program that is older than the database refuses to begin, in one sentence', async () => {
  const { folder, store } = await aStore()
  await sql`insert into tallyman_migration (name, timestamp) values ('9999_future', 'x')`.execute(
    store.db,
  )
  const { code, err } = await tallyman(folder, ['worker', '--once'])
  expect([code, err]).toEqual([
    2,
    'A newer version of Tallyman has changed this database (9999_future); start that version here too.\n',
  ])
})
