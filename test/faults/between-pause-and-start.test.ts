import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Store } from '../../src/db/store.ts'
import { parseExportSpecification } from '../../src/domain/specification/parse-specification.ts'
import { claimNextJob } from '../../src/engine/lifecycle/claim.ts'
import { createJob, requireJob } from '../../src/engine/jobs/jobs.ts'
import { transition } from '../../src/engine/lifecycle/transition.ts'
import { exportJob, importJob, type NewJob } from '../../src/engine/jobs/new-job.ts'
import type { Batch } from '../../src/domain/jobs/batch.ts'
import { runJob } from '../../src/worker/run/run-job.ts'
import { OPERATOR } from '../support/jobs/a-job.ts'
import { aStore } from '../support/a-store.ts'
import { byDatabase } from '../support/databases.ts'
import { slowDown, speedUp } from '../support/slow-table.ts'
import { intoPerson } from '../support/pipeline/an-imported-file.ts'
import { tmpDir } from '../support/tmp.ts'
import { anIdentity } from '../support/jobs/an-identity.ts'
import { runWaiting } from '../support/jobs/run-waiting.ts'
import { aLog } from '../support/programs/a-log.ts'

const RECORDS = 3_000
const ROWS = 24_000
const LONG_NAME = 'x'.repeat(200)
const TEXT = `id,name,age\n${Array.from({ length: RECORDS }, (_, at) =>
  at % 60 === 7 ? `${at},bad"quote,1` : `${at},name ${at},${at % 90}`,
).join('\n')}\n`
const PERSON = 'create table person (id integer primary key, name text, age integer)'
/** So slow that a batch is a few records: there is a middle to pause in. */
const MS_A_ROW = 0.2

const by = () => ({ actor: OPERATOR, now: new Date() })
const NEVER = new AbortController().signal

/** A job that was paused in the middle, when the hash of its source was known. */
async function aPaused(wanted: (folder: string) => NewJob) {
  const { folder, store } = await aStore()
  await sql.raw(PERSON).execute(store.db)
  await slowDown(store.db, 'person', MS_A_ROW)
  await sql`create table big (id integer primary key, name text)`.execute(store.db)
  await sql`insert into big with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ROWS})
            select i, ${sql.lit(LONG_NAME)} from n`.execute(store.db)
  const { id } = await createJob(store.db, { ...wanted(folder), status: 'start_pending' }, by())
  const claimed = await claimNextJob(store.db, {
    ...by(),
    claim: 'mine',
    worker: anIdentity('w'),
    jobId: id,
  })
  if (claimed === undefined) throw new Error('somebody else took it')
  let pausing: Promise<unknown> | undefined
  const onBatch = ({ counters, file }: Batch) => {
    if (counters.processed === 0 || (claimed.type === 'import' && !file?.sha256)) return
    pausing ??= transition(store.db, id, 'pause', by())
  }
  await runJob(store, claimed, {
    claim: 'mine',
    worker: anIdentity('w'),
    log: aLog().log,
    stopSignal: NEVER,
    onBatch,
  })
  await pausing
  const paused = await requireJob(store.db, id)
  expect(paused.status).toBe('paused')
  const total = claimed.type === 'import' ? RECORDS : ROWS
  expect(paused.counters.processed).toBeLessThan(total)
  await speedUp(store.db, 'person')
  return { folder, store, id, file: path.join(folder, 'people.csv') }
}

function anImport(folder: string): NewJob {
  const file = path.join(folder, 'people.csv')
  writeFileSync(file, TEXT)
  return importJob(intoPerson(file), {})
}

async function startAgain(store: Store, id: number) {
  await transition(store.db, id, 'start', by())
  await runWaiting(store)
  const { status, failure_reason, failure_params } = await requireJob(store.db, id)
  return [status, failure_reason, failure_params]
}

/** All that a job writes besides how it stands itself. */
async function writtenBy(store: Store, id: number) {
  const { counters, checkpoint, total } = await requireJob(store.db, id)
  const rejects = await sql`select * from tallyman_reject`.execute(store.db)
  return { counters, checkpoint, total, rejects: rejects.rows }
}

async function people(store: Store): Promise<unknown[]> {
  return (await sql`select * from person order by id`.execute(store.db)).rows
}

const FINISHED = ['finished', null, null]
const INSERTED = RECORDS - RECORDS / 60

describe('a source that, between pause and start, is', () => {
  const cases: [string, 'source_missing' | 'source_changed', (file: string) => void][] = [
    ['deleted', 'source_missing', (file) => rmSync(file)],
    ['moved away, with a folder in its place', 'source_missing', replaceByFolder],
    ['truncated', 'source_changed', (file) => truncateSync(file, TEXT.length - 20)],
    ['emptied', 'source_changed', (file) => truncateSync(file, 0)],
    ['grown', 'source_changed', (file) => appendFileSync(file, '9999,more,1\n')],
    [
      'replaced by another of the same size',
      'source_changed',
      (file) => writeFileSync(file, TEXT.replace('name 1,', 'mane 1,')),
    ],
    ['changed, with its old date', 'source_changed', changeInSecret],
  ]
  test.each(cases)('%s fails the job as %s, and writes nothing', async (_how, reason, hurt) => {
    const { store, id, file } = await aPaused(anImport)
    const before = [await people(store), await writtenBy(store, id)]
    hurt(file)
    expect(await startAgain(store, id)).toMatchObject(['failed', reason, { path: file }])
    expect([await people(store), await writtenBy(store, id)]).toEqual(before)

    rmSync(file, { recursive: true, force: true })
    writeFileSync(file, TEXT)
    expect(await startAgain(store, id)).toEqual(FINISHED)
    expect(await people(store)).toHaveLength(INSERTED)
    expect((await requireJob(store.db, id)).counters.processed).toBe(RECORDS)
  })

  test('copied to its place again, byte for byte, is the same', async () => {
    const { store, id, file } = await aPaused(anImport)
    writeFileSync(`${file}-copy`, readFileSync(file))
    renameSync(`${file}-copy`, file)
    chmodSync(file, 0o400)
    expect(await startAgain(store, id)).toEqual(FINISHED)
  })
})

function replaceByFolder(file: string): void {
  rmSync(file)
  mkdirSync(file)
}

function changeInSecret(file: string): void {
  const { atime, mtime } = statSync(file)
  writeFileSync(file, TEXT.replace('name 2,', 'mane 2,'))
  utimesSync(file, atime, mtime)
}

/** As the database says them. */
const [NUMBER_TYPE, TEXT_TYPE] = byDatabase({
  SQLite: ['INTEGER', 'TEXT'],
  PostgreSQL: ['integer', 'text'],
})
const OTHERS = `id ${NUMBER_TYPE}, name ${TEXT_TYPE}`

describe('a target table that, between pause and start, is', () => {
  const others = 'id integer primary key, name text'
  const cases: [string, unknown, string][] = [
    ['dropped', ['failed', 'target_missing', { table: 'person' }], 'drop table person'],
    [
      'made anew with another type',
      ['failed', 'target_changed', changed(`${OTHERS}, age ${TEXT_TYPE}`)],
      `drop table person; create table person (${others}, age text)`,
    ],
    [
      'robbed of a column',
      ['failed', 'target_changed', changed(OTHERS)],
      'alter table person drop column age',
    ],
    [
      'made a view that takes no rows',
      ['failed', 'invalid_specification', { problem: 'is_view', table: 'person' }],
      'alter table person rename to people; create view person as select distinct * from people',
    ],
  ]
  test.each(cases)('%s fails the job, which writes nothing', async (_how, end, text) => {
    const { store, id } = await aPaused(anImport)
    const before = await writtenBy(store, id)
    await execute(store, text)
    expect(await startAgain(store, id)).toEqual(end)
    expect(await writtenBy(store, id)).toEqual(before)
  })

  test('given a column that the file knows nothing of is as good as before', async () => {
    const { store, id } = await aPaused(anImport)
    await execute(store, `alter table person add column note text default 'x'`)
    expect(await startAgain(store, id)).toEqual(FINISHED)
    expect(await people(store)).toHaveLength(INSERTED)
  })
})

function changed(now: string) {
  return { table: 'person', before: `${OTHERS}, age ${NUMBER_TYPE}`, now }
}

async function execute({ db }: Store, text: string): Promise<void> {
  for (const statement of text.split(';')) await sql.raw(statement).execute(db)
}

describe('a table that is exported and, between pause and start, is', () => {
  test.each([
    ['dropped', ['failed', 'target_missing', { table: 'big' }], 'drop table big'],
    [
      'robbed of a column',
      ['failed', 'target_changed', { table: 'big', before: 'id, name', now: 'id' }],
      'alter table big drop column name',
    ],
  ])('%s fails the job, and no result appears', async (_how, end, text) => {
    const result = path.join(tmpDir(), 'out.csv')
    const { store, id } = await aPaused(() =>
      exportJob(parseExportSpecification({ table: 'big', path: result }), {}),
    )
    const before = await writtenBy(store, id)
    await execute(store, text)
    expect(await startAgain(store, id)).toEqual(end)
    expect(await writtenBy(store, id)).toEqual(before)
    expect(() => statSync(result)).toThrow('ENOENT')
  })
})
