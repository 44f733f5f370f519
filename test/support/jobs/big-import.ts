import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Store } from '../../../src/db/store.ts'
import type { Job } from '../../../src/domain/jobs/job.ts'
import type { SomeOfImport } from '../pipeline/an-import.ts'
import { createJob, findJob } from '../../../src/engine/jobs/jobs.ts'
import { importJob } from '../../../src/engine/jobs/new-job.ts'
import { aStore } from '../a-store.ts'
import { byDatabase } from '../databases.ts'
import { intoPerson } from '../pipeline/an-imported-file.ts'

/** As many as take some seconds. */
const RECORDS = byDatabase({ SQLite: 200_000, PostgreSQL: 60_000 })
/** Every hundredth record lacks a column, and every fiftieth is a double of the one before. */
export const REJECTS = RECORDS / 100
const DOUBLES = RECORDS / 50

export const BIG_IMPORT = ['--into', 'person', '--key', 'id', '--doubles', 'ignore']

/** A folder with a database, a table and a file that takes long enough to interfere. */
export async function aBigImport(records = RECORDS): Promise<{ folder: string; store: Store }> {
  const { folder, store } = await aStore()
  const lines = Array.from({ length: records }, (_, index) => {
    if (index % 100 === 99) return `${index},short`
    const id = index % 50 === 10 ? index - 1 : index
    return `${id},Name ${id},${id % 90},note ${id}`
  })
  writeFileSync(path.join(folder, 'big.csv'), `id,name,age,note\n${lines.join('\n')}\n`)
  await sql
    .raw('create table person (id integer primary key, name text, age integer, note text)')
    .execute(store.db)
  return { folder, store }
}

export async function aWaitingJob(
  store: Store,
  folder: string,
  given: SomeOfImport = {},
): Promise<Job> {
  const wanted = intoPerson(path.join(folder, 'big.csv'), { doubles: 'ignore', ...given })
  return await createJob(
    store.db,
    { ...importJob(wanted, { label: 'big' }), status: 'start_pending' },
    { now: new Date(), actor: 'test' },
  )
}

/** Looks at the job until the fact is there. */
export async function until(store: Store, id: number, fact: (job: Job) => boolean): Promise<Job> {
  for (;;) {
    const job = await findJob(store.db, id)
    if (job !== undefined && fact(job)) return job
    await pause(5)
  }
}

export const isUnderWay = ({ status, counters }: Job) =>
  status === 'running' && counters.processed > 0

export async function countPeople(store: Store): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from person`.execute(store.db)
  return rows[0]?.n ?? -1
}

/** What the file comes to, however often its import was interrupted. */
export const WHOLE = {
  status: 'finished',
  total: RECORDS,
  counters: {
    processed: RECORDS,
    inserted: RECORDS - REJECTS - DOUBLES,
    ignored: DOUBLES,
    doubles: DOUBLES,
    rejects: REJECTS,
  },
}
