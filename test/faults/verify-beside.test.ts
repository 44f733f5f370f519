import { expect, test } from 'vitest'
import { isOver, type JobStatus } from '../../src/domain/states/status.ts'
import { parseExportSpecification } from '../../src/domain/specification/parse-specification.ts'
import { commandJobs } from '../../src/engine/lifecycle/command-jobs.ts'
import { createJob, iterateJobIds, requireJob } from '../../src/engine/jobs/jobs.ts'
import { exportJob } from '../../src/engine/jobs/new-job.ts'
import { filesIn } from '../../src/pipeline/export/result-file.ts'
import { OPERATOR } from '../support/jobs/a-job.ts'
import { all } from '../support/all.ts'
import { aBigImport, aWaitingJob } from '../support/jobs/big-import.ts'
import { ended, start } from '../support/programs/cli.ts'
import { expectAgreement } from '../support/jobs/verified.ts'

const by = () => ({ now: new Date(), actor: OPERATOR })

test('beside jobs that run, are paused and cancelled, a verification finds nothing', async () => {
  const { folder, store } = await aBigImport(20_000)
  const traced = await aWaitingJob(store, folder, { trace: true })
  await aWaitingJob(store, folder, { dryRun: true })
  const cancelled = await aWaitingJob(store, folder, { doubles: 'reject' })
  const result = exportJob(
    parseExportSpecification({ table: 'person', path: `${folder}/out.csv` }),
    {},
  )
  await createJob(store.db, { ...result, status: 'start_pending' }, by())
  const statusOf = async (id: number) => (await requireJob(store.db, id)).status

  const workers = ['one', 'two'].map(() => start(folder, ['worker']))
  const seen = new Set<JobStatus>()
  for (let time = 0; ; time++) {
    await expectAgreement(store)
    const ids = await all(iterateJobIds(store.db))
    const statuses = await Promise.all(ids.map(statusOf))
    for (const status of statuses) seen.add(status)
    if (statuses.every(isOver)) break
    if (time === 1) await tryTo('pause', traced.id)
    else if ((await statusOf(traced.id)) === 'paused') await tryTo('start', traced.id)
    if ((await statusOf(cancelled.id)) === 'running') await tryTo('cancel', cancelled.id)
  }
  expect(seen).toContain('running')
  for (const worker of workers) {
    worker.kill('SIGTERM')
    await ended(worker)
  }
  await expectAgreement(store)

  /** It may be over by now, and refuse. */
  async function tryTo(event: 'pause' | 'start' | 'cancel', id: number): Promise<void> {
    await commandJobs(store.db, [id], event, { ...by(), files: filesIn(folder) })
  }
}, 600_000)
