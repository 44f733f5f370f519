import { randomUUID } from 'node:crypto'
import { ConflictError } from '../domain/errors.ts'
import type { Job } from '../domain/job.ts'
import { clearCopies } from '../engine/clear-copies.ts'
import { claimNextJob } from '../engine/claim.ts'
import { createJob, findJob, type NewJob } from '../engine/jobs.ts'
import { phrase } from '../i18n/catalogue.ts'
import { clearUp } from '../worker/clear-up.ts'
import { runJob } from '../worker/run-job.ts'
import { workerName } from '../worker/worker.ts'
import { exitCodeOf, jobJson } from './job-json.ts'
import { printSummary } from './summary.ts'
import { printJson, say } from './print.ts'
import { startProgress } from './progress.ts'
import type { Call } from './session.ts'
import { stopOnSignals } from './signals.ts'

/** Makes the job and takes it in one transaction: no worker can be quicker. */
export async function runHere(call: Call, wanted: NewJob): Promise<number> {
  const { store, config } = call
  return await runClaimed(call, (claim, worker) =>
    store.db.transaction().execute(async (trx) => {
      const now = new Date()
      const job = await createJob(
        trx,
        { ...wanted, status: 'start_pending' },
        { now, actor: config.actor },
      )
      return await claimNextJob(trx, { claim, worker, now, jobId: job.id })
    }),
  )
}

/** Takes a job that waits, unless a worker was quicker. */
export async function takeHere(call: Call, jobId: number): Promise<number> {
  return await runClaimed(call, async (claim, worker) => {
    const now = new Date()
    const job = await claimNextJob(call.store.db, { claim, worker, now, jobId })
    if (job === undefined) throw new ConflictError({ problem: 'job_taken', id: jobId })
    return job
  })
}

type Take = (claim: string, worker: string) => Promise<Job | undefined>

async function runClaimed(call: Call, take: Take): Promise<number> {
  const { store, config, isJson } = call
  const signals = stopOnSignals(() => say(phrase(config.language, 'stopping')))
  try {
    await clearCopies(store)
    const claim = randomUUID()
    const worker = workerName()
    const job = await take(claim, worker)
    if (job === undefined) throw new Error('A job that was just made could not be taken.')

    const progress = startProgress(process.stderr, () => performance.now(), config.language)
    const ran = await runJob(store, job, {
      claim,
      worker,
      outbox: config.outbox,
      stopSignal: signals.stopSignal,
      onBatch: (batch) => progress.batch(batch),
    })
    progress.clear()
    await clearUp(store.db, job.id, signals.stopSignal)

    const end = await findJob(store.db, job.id)
    if (end === undefined) throw new ConflictError({ problem: 'job_deleted', id: job.id })
    if (isJson) await printJson(await jobJson(call, end))
    else await printSummary(call, end)
    // A run that was given up would hold the process.
    if (ran === 'given_up') process.exit(exitCodeOf(end))
    return exitCodeOf(end)
  } finally {
    signals.forget()
  }
}
