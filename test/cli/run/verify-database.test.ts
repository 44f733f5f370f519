import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../../src/db/open.ts'
import type { Store } from '../../../src/db/store.ts'
import type { Problem } from '../../../src/domain/words/problems.ts'
import { deleteJob } from '../../../src/engine/cleanup/delete-job.ts'
import { runAgain } from '../../../src/engine/lifecycle/run-again.ts'
import { importJob } from '../../../src/engine/jobs/new-job.ts'
import { filesIn } from '../../../src/pipeline/export/result-file.ts'
import { JOB_STATUSES } from '../../../src/domain/states/status.ts'
import { commitBatch } from '../../../src/engine/lifecycle/batch.ts'
import { aBatch, aReject } from '../../support/jobs/a-batch.ts'
import { postponeRecords } from '../../support/jobs/what-belongs.ts'
import { aJob } from '../../support/jobs/a-job.ts'
import { aStore } from '../../support/a-store.ts'
import { byDatabase } from '../../support/databases.ts'
import { aDatabase, by, MADE, run, tampered } from '../../support/jobs/tampered.ts'
import { verified } from '../../support/jobs/verified.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'

const problemsOf = async (store: Store) =>
  (await verified(store)).found.map(({ problem }) => problem)

test('what jobs leave agrees, in every status, and it is told what was not looked at', async () => {
  const { store, exported } = await aDatabase()
  // One that no worker ran has no total.
  const statuses = JOB_STATUSES.filter((status) => status !== 'finished')
  for (const status of statuses) await aJob(store.db, { status })
  await runAgain(store.db, exported, by())
  expect(await verified(store)).toEqual({
    found: [],
    jobs: 4 + statuses.length + 1,
    unknownTables: ['other'],
    // The job that waits is about to write it anew.
    replacedResults: 1,
  })
})

test('whatever somebody meddled with is found, and told of the job', async () => {
  const database = await aDatabase()
  const { made, traced, exported } = database
  const job = (column: string, id = made) => `update tallyman_job set ${column} where id = ${id}`
  const told = (code: string, id = made) => `job_id = ${id} and code = '${code}'`
  const cases: [string, Problem[]][] = [
    [
      job('inserted = inserted + 1'),
      [
        {
          problem: 'tally_off',
          sum: 'success',
          is: 3,
          terms: 'inserted + updated + unchanged + deleted + reconciled',
          make: 4,
        },
        { problem: 'rows_off', table: MADE, rows: 3, accounted: 4 },
      ],
    ],
    [
      job('total = total + 1'),
      [{ problem: 'tally_off', sum: 'total', is: 6, terms: 'processed', make: 5 }],
    ],
    [
      job(`checkpoint = json_set(checkpoint, '$.record', 4)`),
      [{ problem: 'checkpoint_off', record: 4, processed: 5, postponed: 0 }],
    ],
    [job('attempts = 0'), [{ problem: 'dates_off', status: 'finished' }, attempts(0, 1)]],
    [
      `delete from tallyman_reject where job_id = ${traced} and type = 'warning'`,
      [
        { problem: 'count_off', counter: 'warnings', is: 1, found: 0 },
        { problem: 'count_off', counter: 'TLY-3001 age', is: 1, found: 0 },
      ],
    ],
    [
      `update tallyman_reject set record = 9 where job_id = ${made} and code = 'TLY-2001'`,
      [{ problem: 'record_beyond', record: 9, processed: 5 }],
    ],
    [
      `delete from tallyman_journal where ${told('TLY-1008')}`,
      [
        { problem: 'status_off', status: 'finished', journal: ['running'] },
        partOff('ended_at'),
        entriesGone(),
      ],
    ],
    [
      `update tallyman_journal set params = '{"processed":5,"rejects":0}' where ${told('TLY-1008')}`,
      [{ problem: 'told_off', entry: expect.any(Number), counter: 'rejects', told: 0, is: 2 }],
    ],
    [
      `update tallyman_journal set code = 'TLY-1006' where ${told('TLY-1005')}`,
      [
        journalOff('TLY-1006', ['editing', 'start_pending']),
        journalOff('TLY-1008', ['editing', 'start_pending']),
        { problem: 'status_off', status: 'finished', journal: ['editing', 'start_pending'] },
        attempts(1, 0),
      ],
    ],
    [
      `delete from tallyman_journal where ${told('TLY-1017', traced)} and params like '%inserted%'`,
      [
        { problem: 'count_off', counter: 'processed', is: 5, found: 2 },
        { problem: 'count_off', counter: 'inserted', is: 3, found: 0 },
      ],
    ],
    [
      job(`status = 'failed', failure_reason = 'disk_full'`),
      [
        { problem: 'status_off', status: 'failed', journal: ['finished'] },
        { problem: 'failure_off', status: 'failed' },
      ],
    ],
    [job(`specification = '{}'`), [{ problem: 'job_unreadable', detail: expect.any(String) }]],
    [
      `insert into tallyman_sample values (99, 1, 1, '', 1, 1)`,
      [{ problem: 'orphans', table: 'tallyman_sample', job: 99, count: 1 }],
    ],
    [
      'delete from person where id = 1',
      [{ problem: 'rows_off', table: MADE, rows: 2, accounted: 3 }],
    ],
    ['drop table person', [{ problem: 'table_gone', table: MADE, jobs: 1 }]],
    ['drop table other', [{ problem: 'table_gone', table: 'other', jobs: 1 }]],
    [job(`file_sha256 = 'other'`, exported), [{ problem: 'result_gone', path: database.result }]],
  ]
  for (const [meddle, problems] of cases) {
    const { found } = await tampered(database, meddle)
    const said = found.map(({ problem }) => problem)
    expect([meddle, said]).toEqual([meddle, expect.arrayContaining(problems)])
  }
})

function partOff(part: string): Problem {
  return { problem: 'part_off', part, is: expect.any(String), should: expect.any(String) }
}

function entriesGone(): Problem {
  return byDatabase<Problem>({
    SQLite: { problem: 'entries_gone', from: expect.any(Number), to: expect.any(Number) },
    PostgreSQL: {
      problem: 'own_rows_off',
      table: 'tallyman_journal',
      written: expect.any(Number),
      found: expect.any(Number),
    },
  })
}

function attempts(is: number, found: number): Problem {
  return { problem: 'count_off', counter: 'attempts', is, found }
}

test('records that are postponed are told from those that are processed, and counted', async () => {
  const { store } = await aStore()
  const { db } = store
  await sql`create table person (id integer)`.execute(db)
  const { id } = await aJob(db, { status: 'running', claim: 'mine' })
  const checkpoint = { offset: 100, line: 12, record: 12, postponed: 2, memo: null }
  const last = aReject({ record: 12 })
  const counters = { success: 9, inserted: 9, rejects: 1, errors: 1 }
  const batch = aBatch({ jobId: id, claim: 'mine', checkpoint, counters, rejects: [last] })
  await db.transaction().execute((trx) => commitBatch(trx, batch))
  await postponeRecords(db, id, 2)
  expect(await problemsOf(store)).toEqual([])
  await sql`delete from tallyman_postponed where record = 1`.execute(db)
  await sql`update tallyman_job set checkpoint = replace(checkpoint, '"record":12', '"record":11')`.execute(
    db,
  )
  expect(await problemsOf(store)).toEqual([
    { problem: 'checkpoint_off', record: 11, processed: 10, postponed: 2 },
    { problem: 'count_off', counter: 'postponed', is: 2, found: 1 },
  ])
  await sql`delete from tallyman_job`.execute(db)
  expect(await problemsOf(store)).toContainEqual({
    problem: 'orphans',
    table: 'tallyman_postponed',
    job: id,
    count: 1,
  })
})

function journalOff(says: string, status: ('editing' | 'start_pending')[]): Problem {
  return { problem: 'journal_off', entry: expect.any(Number), says, status }
}

test('a result is looked at by its contents, and only the last one of its name', async () => {
  const { store, exported, result } = await aDatabase()
  await sql`delete from person where id = 1`.execute(store.db)
  await runAgain(store.db, exported, by())
  await runWaiting(store)
  expect(await verified(store)).toMatchObject({
    found: [{ job: null, problem: { problem: 'rows_off' } }],
    replacedResults: 1,
  })
  appendFileSync(result, 'more')
  expect(await verified(store)).toMatchObject({
    found: [
      { problem: { problem: 'rows_off' } },
      { job: exported + 1, problem: { problem: 'result_gone' } },
    ],
  })
})

test('rows are counted also where jobs were deleted, since what they did is on record', async () => {
  const { store, folder, specify } = await aDatabase()
  const more = path.join(folder, 'more.csv')
  writeFileSync(more, 'id,name\n1,Ann\n7,Gil\n8,Hal\n')
  const specification = specify({
    path: more,
    table: MADE.toUpperCase(),
    operation: 'delete',
    fields: {},
  })
  const gone = await run(store, importJob(specification, {}))
  expect(await problemsOf(store)).toEqual([])
  await deleteJob(store.db, gone, { ...by(), files: filesIn('/no/outbox') })
  expect(await problemsOf(store)).toEqual([])
  await sql`delete from tallyman_removal`.execute(store.db)
  expect(await problemsOf(store)).toMatchObject([
    ...byDatabase<object[]>({
      SQLite: [{ problem: 'jobs_gone', from: gone, to: gone }, { problem: 'entries_gone' }],
      PostgreSQL: [{ problem: 'own_rows_off', table: 'tallyman_removal', written: 1, found: 0 }],
    }),
    { problem: 'rows_off' },
  ])
})

test('a damaged database is told as such, and looked at no further', async () => {
  const { store, folder } = await aDatabase()
  const copy = path.join(folder, 'copy.db')
  await store.file?.copyTo(copy)
  const bytes = readFileSync(copy)
  // A page of the table of jobs that says it is of a kind that there is not.
  bytes.fill(0xff, bytes.indexOf('out.csv') & ~4095, (bytes.indexOf('out.csv') & ~4095) + 8)
  writeFileSync(copy, bytes)
  const damaged = await openStore(`sqlite:${copy}`)
  onTestFinished(() => damaged.close())
  const { found, jobs } = await verified(damaged)
  expect(found.length).toBeGreaterThan(0)
  for (const { job, problem } of found) {
    expect([job, problem]).toEqual([null, { problem: 'damaged', detail: expect.any(String) }])
  }
  expect(jobs).toBe(0)
})
