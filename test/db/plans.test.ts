import type { RootOperationNode } from 'kysely'
import { expect, test } from 'vitest'
import type { Db } from '../../src/db/store.ts'
import { parseExportSpecification } from '../../src/domain/specification/parse-specification.ts'
import { deleteJobAndChildren } from '../../src/engine/cleanup/delete-job.ts'
import { DIRECTIONS } from '../../src/domain/jobs/job-list.ts'
import { listJobs } from '../../src/engine/list/list-jobs.ts'
import { importsAlike } from '../../src/engine/jobs/imports-alike.ts'
import { createJob } from '../../src/engine/jobs/jobs.ts'
import { transition } from '../../src/engine/lifecycle/transition.ts'
import { readToday } from '../../src/engine/report/read-today.ts'
import { lastRuns } from '../../src/engine/list/last-runs.ts'
import { jobWarnings } from '../../src/engine/jobs/warnings.ts'
import { exportJob } from '../../src/engine/jobs/new-job.ts'
import { filesIn } from '../../src/pipeline/export/result-file.ts'
import { aJob, NOON, OPERATOR, WORKER } from '../support/jobs/a-job.ts'
import { databases } from '../support/databases.ts'

const [, openDatabase] = databases[0]

/** By what way SQLite comes to the rows of a table, in each statement that somebody sends. */
async function waysTo(
  table: string,
  db: Db,
  send: (db: Db) => Promise<unknown>,
): Promise<string[]> {
  const sent: RootOperationNode[] = []
  const listening = db.withPlugin({
    transformQuery({ node }) {
      sent.push(node)
      return node
    },
    transformResult: ({ result }) => Promise.resolve(result),
  })
  await send(listening)
  const ways: string[] = []
  for (const node of sent) {
    const query = db.getExecutor().compileQuery(node, { queryId: 'plan' })
    const { rows } = await db.executeQuery<{ detail: string }>({
      ...query,
      sql: `explain query plan ${query.sql}`,
    })
    ways.push(...rows.map(({ detail }) => detail).filter((way) => way.split(' ').includes(table)))
  }
  return ways
}

test('an export is deleted without a look at all others, however many there are', async () => {
  const { db } = await openDatabase()
  const wanted = exportJob(
    parseExportSpecification({ table: 'person', path: '/no/outbox/people.csv' }),
    {},
  )
  const by = { actor: OPERATOR, now: NOON }
  const { id } = await createJob(db, { ...wanted, status: 'start_pending' }, by)
  for (const event of ['claim', 'finish'] as const) {
    await transition(db, id, event, { actor: WORKER, claim: 'mine', now: NOON })
  }
  const ways = await waysTo('tallyman_job', db, (listening) =>
    deleteJobAndChildren(listening, id, { ...by, files: filesIn('/no/outbox') }),
  )
  expect(ways.length).toBeGreaterThan(2)
  const BY_IT = /USING INTEGER PRIMARY KEY \(rowid=\?\)|USING INDEX \w+ \(file_sha256=\?\)/
  expect(ways.filter((way) => !BY_IT.test(way))).toEqual([])
})

test('the warnings of a job are found without a look at the rest of its journal', async () => {
  const { db } = await openDatabase()
  const ways = await waysTo('tallyman_journal', db, (listening) => jobWarnings(listening, 1))
  expect(ways.length).toBeGreaterThan(0)
  const BY_IT = /USING INDEX tallyman_journal_by_level \(job_id=\? AND level=\?\)/
  expect(ways.filter((way) => !BY_IT.test(way))).toEqual([])
})

test('whether a file went into a table before is found without a look at all other jobs', async () => {
  const { db } = await openDatabase()
  const ways = await waysTo('tallyman_job', db, (listening) =>
    importsAlike(listening, { table: 'person', size: 7 }),
  )
  expect(ways).toEqual([
    expect.stringMatching(/USING INDEX tallyman_job_by_import \(<expr>=\? AND file_size=\?\)/),
  ])
})

test('the last runs of a specification are found without a look at all other jobs', async () => {
  const { db } = await openDatabase()
  const job = await aJob(db, { status: 'finished' })
  const ways = await waysTo('tallyman_job', db, (listening) => lastRuns(listening, job))
  expect(ways).toEqual([
    expect.stringMatching(/USING INTEGER PRIMARY KEY \(rowid=\?\)/),
    expect.stringMatching(/USING INDEX tallyman_job_by_table \(target_table=\? AND id<\?\)/),
    expect.stringMatching(/USING INDEX tallyman_job_by_table \(target_table=\? AND id>\?\)/),
    expect.stringMatching(/USING INTEGER PRIMARY KEY \(rowid=\?\)/),
  ])
})

test.each(['id', 'status', 'type', 'label', 'ended_at', 'duration', 'rejects'] as const)(
  'the jobs with rejects are read in the order of %s, without a look at those without',
  async (sort) => {
    const { db } = await openDatabase()
    for (const direction of DIRECTIONS) {
      const ways = await waysTo('job', db, (listening) =>
        listJobs(listening, { withRejects: true, sort, direction, limit: 50, now: NOON }),
      )
      const order = ways.filter((way) => !/job_by_status \(status=\?\)/.test(way))
      expect(order.length).toBeGreaterThan(0)
      expect(order.filter((way) => !BY_REJECTS.test(way))).toEqual([])
    }
  },
)

const BY_REJECTS = /^S\w+ job USING (COVERING )?INDEX tallyman_job_(with_rejects\w*|by_rejects)/

test('who needs somebody is found without a look at all jobs that finished', async () => {
  const { db } = await openDatabase()
  const ways = await waysTo('job', db, (listening) =>
    readToday(listening, { since: NOON, now: NOON, workers: [] }),
  )
  const rejecting = ways.filter((way) => way.includes('with_open_rejects'))
  expect(rejecting.length).toBeGreaterThan(1)
  expect(ways.filter((way) => /_by_status \(status=\?\)/.test(way))).toEqual([])
})
