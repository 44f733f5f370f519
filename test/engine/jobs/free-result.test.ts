import { describe, expect, test } from 'vitest'
import { parseExportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import type { JobStatus } from '../../../src/domain/states/status.ts'
import { commandJobs } from '../../../src/engine/lifecycle/command-jobs.ts'
import { createJob, requireJob } from '../../../src/engine/jobs/jobs.ts'
import { runAgain } from '../../../src/engine/lifecycle/run-again.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { exportJob } from '../../../src/engine/jobs/new-job.ts'
import type { Db } from '../../../src/db/store.ts'
import { NOON, OPERATOR, WORKER, BROKEN } from '../../support/jobs/a-job.ts'
import { databases } from '../../support/databases.ts'

const BY = { now: NOON, actor: OPERATOR }
const TAKEN = { problem: { problem: 'file_taken', id: 1, path: '/out/people.csv' } }

/** An export of which only the file matters. */
async function anExport(db: Db, status: 'editing' | 'start_pending', given = {}) {
  const specification = parseExportSpecification({
    table: 'person',
    path: '/out/people.csv',
    ...given,
  })
  return await createJob(db, { ...exportJob(specification, {}), status }, BY)
}

const HELD = { ...BY, actor: WORKER, claim: 'mine', failure: BROKEN }
const MOVES = {
  start_pending: [],
  running: ['claim'],
  pausing: ['claim', 'pause'],
  paused: ['pause'],
  cancelling: ['claim', 'cancel'],
  shutting_down: ['claim', 'shut_down'],
  cancelled: ['cancel'],
  finished: ['claim', 'finish'],
  failed: ['claim', 'fail'],
} as const satisfies Partial<Record<JobStatus, unknown>>

describe.each(databases)('an export on %s whose file another one writes', (_name, open) => {
  test.each([
    'start_pending',
    'running',
    'pausing',
    'paused',
    'cancelling',
    'shutting_down',
  ] as const)('is refused while that is %s', async (status) => {
    const { db } = await open()
    await anExport(db, 'start_pending')
    for (const event of MOVES[status]) await transition(db, 1, event, HELD)
    await expect(anExport(db, 'start_pending')).rejects.toMatchObject(TAKEN)

    const { id } = await anExport(db, 'editing')
    const before = await requireJob(db, id)
    await expect(transition(db, id, 'start', BY)).rejects.toMatchObject(TAKEN)
    expect(await requireJob(db, id)).toEqual(before)
  })

  test.each(['cancelled', 'finished', 'failed'] as const)(
    'is started when that is %s',
    async (status) => {
      const { db } = await open()
      await anExport(db, 'start_pending')
      for (const event of MOVES[status]) await transition(db, 1, event, HELD)
      expect(await anExport(db, 'start_pending')).toMatchObject({ status: 'start_pending' })
    },
  )

  test('is refused, too, where an old one shall be started or run again', async () => {
    const { db } = await open()
    await anExport(db, 'start_pending')
    await transition(db, 1, 'claim', HELD)
    await transition(db, 1, 'fail', HELD)
    const { id } = await anExport(db, 'start_pending')
    const taken = { problem: { problem: 'file_taken', id } }
    await expect(transition(db, 1, 'start', BY)).rejects.toMatchObject(taken)
    await expect(runAgain(db, 1, BY)).rejects.toMatchObject(taken)
    const nothing = () => Promise.resolve()
    const files = { discardPart: nothing, discardResult: nothing }
    const [outcome] = await commandJobs(db, [1], 'start', { ...BY, files })
    expect(outcome?.refusal).toMatchObject(taken)
  })

  test('is known by the place of the file, and not by the way that leads there', async () => {
    const { db } = await open()
    await anExport(db, 'start_pending', { path: '/link/people.csv', place: '/out/people.csv' })
    await expect(anExport(db, 'start_pending')).rejects.toMatchObject(TAKEN)
    await anExport(db, 'start_pending', { path: '/other/people.csv' })
    await anExport(db, 'start_pending', { path: '/out/people.csv.gz' })
  })

  test('goes on itself', async () => {
    const { db } = await open()
    await anExport(db, 'start_pending')
    await transition(db, 1, 'pause', BY)
    expect(await transition(db, 1, 'start', BY)).toMatchObject({ status: 'start_pending' })
  })
})
