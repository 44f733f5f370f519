import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { inject } from 'vitest'
import { openStore } from '../../../src/db/open.ts'
import type { Store } from '../../../src/db/store.ts'
import { importSpecification } from '../../../src/domain/specification/specification.ts'
import { parseExportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { claimNextJob } from '../../../src/engine/lifecycle/claim.ts'
import { deleteJob } from '../../../src/engine/cleanup/delete-job.ts'
import { editJob } from '../../../src/engine/jobs/edit-job.ts'
import { createJob } from '../../../src/engine/jobs/jobs.ts'
import { resumeInterrupted } from '../../../src/engine/lifecycle/rescuer.ts'
import { duplicateJob, runAgain } from '../../../src/engine/lifecycle/run-again.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { exportJob, importJob, type NewJob } from '../../../src/engine/jobs/new-job.ts'
import { filesIn } from '../../../src/pipeline/export/result-file.ts'
import { runJob } from '../../../src/worker/run/run-job.ts'
import { OPERATOR } from './a-job.ts'
import { aStore } from '../a-store.ts'
import { byDatabase } from '../databases.ts'
import { verified } from './verified.ts'
import { anIdentity } from './an-identity.ts'
import { runWaiting } from './run-waiting.ts'
import { aLog } from '../programs/a-log.ts'

const FILE = ['id,name,age', '1,Ann,30', '2,Bea,x', '3,Cid,', '3,Cid,4', 'bad"quote,1,1', ''].join(
  '\n',
)

/** The table that an import makes. Where names are told apart by their case, in the one it is read by. */
export const MADE = byDatabase({ SQLite: 'Person', PostgreSQL: 'person' })

export const by = (actor = OPERATOR) => ({ now: new Date(), actor })

export async function run(store: Store, wanted: NewJob): Promise<number> {
  const { id } = await createJob(store.db, { ...wanted, status: 'start_pending' }, by())
  await runWaiting(store)
  return id
}

/** An import that made its table, one that was traced, a dry run and an export, as jobs leave them. */
export async function aDatabase() {
  const { folder, store } = await aStore()
  if (inject('database') === 'PostgreSQL') await sql.raw(AS_ON_SQLITE).execute(store.db)
  const file = path.join(folder, 'people.csv')
  writeFileSync(file, FILE)
  const specify = (given: object) =>
    importSpecification.parse({
      path: file,
      table: MADE,
      create: true,
      key: ['id'],
      operation: 'insert_or_update',
      doubles: 'reject',
      duplicates: 'update',
      fields: { age: { onError: 'warn' } },
      ...given,
    })
  const first = specify({})
  await sql`create table other (id integer primary key, name text, age integer)`.execute(store.db)
  await sql`insert into other values (100, 'Zoe', 1)`.execute(store.db)
  const result = path.join(folder, 'out.csv')
  return {
    store,
    folder,
    result,
    specify,
    made: await run(store, importJob(first, {})),
    traced: await run(store, importJob(specify({ table: 'other', trace: true }), {})),
    rehearsed: await run(store, importJob(specify({ dryRun: true }), {})),
    exported: await run(
      store,
      exportJob(parseExportSpecification({ table: 'person', path: result }), {}),
    ),
  }
}

type ADatabase = Awaited<ReturnType<typeof aDatabase>>

/** Besides, one that was run again, a copy, one that failed, one that was removed, and one that rests. */
export async function aLongHistory() {
  const database = await aDatabase()
  const { store, folder, specify, made } = database
  const again = await runAgain(store.db, made, by('bea'))
  await runWaiting(store)
  const copy = await duplicateJob(store.db, made, by())
  await editJob(store.db, copy.id, { label: 'Second', description: '' }, by())
  await editJob(store.db, copy.id, { label: 'Third', description: '' }, by())
  const missing = specify({ path: path.join(folder, 'nowhere.csv'), table: 'other' })
  const failed = await run(store, importJob(missing, {}))
  const removed = await run(store, importJob(specify({ table: 'gone' }), {}))
  await deleteJob(store.db, removed, { ...by(), files: filesIn('/no/outbox') })
  const resting = await aRestingImport(database)
  return { ...database, again: again.id, copy: copy.id, failed, removed, resting }
}

/** Interrupted in the middle of its file, and paused before anybody went on with it. */
async function aRestingImport({ store, folder, specify }: ADatabase): Promise<number> {
  const file = path.join(folder, 'crowd.csv')
  const lines = Array.from({ length: 400 }, (_, at) => (at % 7 === 3 ? 'x"y,b,1' : `${at},n,1`))
  writeFileSync(file, ['id,name,age', ...lines, ''].join('\n'))
  const wanted = importJob(specify({ path: file, table: 'crowd' }), {})
  const { id } = await createJob(store.db, { ...wanted, status: 'start_pending' }, by())
  const claim = crypto.randomUUID()
  const job = await claimNextJob(store.db, {
    claim,
    worker: anIdentity('w'),
    now: new Date(),
    jobId: id,
  })
  if (job === undefined) throw new Error('a job that waits was not claimed')

  const stopping = new AbortController()
  await runJob(store, job, {
    claim,
    worker: anIdentity('w'),
    log: aLog().log,
    stopSignal: stopping.signal,
    onBatch: ({ counters }) => counters.processed >= 100 && stopping.abort(),
  })
  await resumeInterrupted(store.db, { now: new Date() })
  await transition(store.db, id, 'pause', by())
  return id
}

/** The same database, in which somebody meddled. */
export async function tampered({ store, folder }: ADatabase, text: string) {
  const other = await anotherLike(store, path.join(folder, 'copy.db'))
  try {
    for (const statement of text.split(';')) await sql.raw(statement).execute(other.db)
    return await verified(other)
  } finally {
    await other.close()
  }
}

/** On PostgreSQL a transaction that is rolled back when it is closed, as a dry run has. */
async function anotherLike(store: Store, file: string): Promise<Store> {
  if (store.file === undefined) return await store.rehearse(0, {})
  rmSync(file, { force: true })
  await store.file.copyTo(file)
  return await openStore(`sqlite:${file}`)
}

/** What the statements of the tests use. Numbers that a sequence gives can be changed as well. */
const AS_ON_SQLITE = ['text', 'bigint']
  .map(
    (type) => `
      create function json_set(document text, place text, value ${type}) returns text
      language sql as $$ select jsonb_set(document::jsonb, regexp_split_to_array(
        rtrim(substr(place, 3), ']'), '\\]?[.[]'), to_jsonb(value))::text $$;`,
  )
  .concat(
    ['tallyman_job', 'tallyman_journal'].map(
      (table) => `alter table ${table} alter id set generated by default;`,
    ),
  )
  .join('')
