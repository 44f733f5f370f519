import { once } from 'node:events'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Store } from '../../src/db/store.ts'
import { parseExportSpecification } from '../../src/domain/specification/parse-specification.ts'
import { exportJob } from '../../src/engine/jobs/new-job.ts'
import { createJob, findJob } from '../../src/engine/jobs/jobs.ts'
import { transition } from '../../src/engine/lifecycle/transition.ts'
import { openStored } from '../../src/pipeline/files/stored-file.ts'
import { NOON, OPERATOR } from '../support/jobs/a-job.ts'
import { rescueSilent } from '../support/jobs/a-rescuer.ts'
import { aStore } from '../support/a-store.ts'
import { start, tallyman } from '../support/programs/cli.ts'
import { aChance, rounds } from '../support/faults/chance.ts'
import { runWaiting } from '../support/jobs/run-waiting.ts'
import { tmpDir } from '../support/tmp.ts'

const ROWS = 20_000
const MINUTES = 60_000

async function anExportInto(store: Store, id: string): Promise<number> {
  const specification = {
    ...parseExportSpecification({
      table: 'person',
      path: '/people.csv',
      differential: 'id',
    }),
    path: `stored:${id}`,
  }
  const wanted = { ...exportJob(specification, { fileName: 'people.csv' }) }
  const act = { now: NOON, actor: OPERATOR }
  return (await createJob(store.db, { ...wanted, status: 'start_pending' }, act)).id
}

async function contentOf({ db }: Store, id: string): Promise<Buffer> {
  const file = await openStored(db, id)
  const buffer = Buffer.alloc(file.identity.size)
  await file.read(buffer, 0, buffer.length, 0)
  return buffer
}

/** What is in the pieces is what the checkpoint says, whenever somebody looks. */
async function expectAgreement(store: Store, jobId: number, id: string): Promise<void> {
  const { rows } = await sql<{ bytes: number; size: number | null }>`
    select (select coalesce(sum(length(bytes)), 0) from tallyman_file_piece where file_id = ${id})
             as bytes,
           (select size from tallyman_file where id = ${id}) as size`.execute(store.db)
  const job = await findJob(store.db, jobId)
  const reached = job?.checkpoint?.offset ?? 0
  expect([Number(rows[0]?.bytes), Number(rows[0]?.size ?? 0)]).toEqual([reached, reached])
}

test(
  'an export into the database is written exactly once, whenever its worker is killed',
  async () => {
    const { folder, store } = await aStore(tmpDir())
    await sql`create table person (id integer primary key, name text)`.execute(store.db)
    const counted = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ROWS})`
    await sql`insert into person ${counted} select i, 'name ' || i || ${'x'.repeat(900)} from n`.execute(
      store.db,
    )
    await anExportInto(store, 'calm')
    await runWaiting(store)
    const calm = await contentOf(store, 'calm')

    const id = await anExportInto(store, 'hurt')
    const chance = aChance('kills of an export into the database')
    let kills = 0
    for (let at = 0; at < rounds(4, 20); at++) {
      const from = (await findJob(store.db, id))?.batches ?? 0
      const worker = start(folder, ['worker', '--once'])
      worker.stdout.resume()
      worker.stderr.resume()
      const end = once(worker, 'exit')
      const wanted = from + 1 + chance.below(3)
      let job = await findJob(store.db, id)
      while (worker.exitCode === null && (job?.batches ?? 0) < wanted) {
        await nextTurn()
        job = await findJob(store.db, id)
      }
      worker.kill('SIGKILL')
      await end
      if (worker.signalCode === 'SIGKILL') kills++
      await rescueSilent(store.db)
      if ((await findJob(store.db, id))?.status === 'finished') break
      await expectAgreement(store, id, 'hurt')
      const { status } = (await findJob(store.db, id)) ?? {}
      if (status === 'failed') {
        await transition(store.db, id, 'start', { now: new Date(), actor: OPERATOR })
      }
    }
    expect(kills).toBeGreaterThan(1)
    await runWaiting(store)
    expect((await findJob(store.db, id))?.status).toBe('finished')
    expect((await contentOf(store, 'hurt')).equals(calm)).toBe(true)
    expect((await tallyman(folder, ['verify'])).code).toBe(0)
  },
  10 * MINUTES,
)
