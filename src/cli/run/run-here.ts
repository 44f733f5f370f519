import { randomUUID } from 'node:crypto'
import { ConflictError } from '../../domain/words/errors.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { clearCopies } from '../../engine/cleanup/clear-copies.ts'
import { claimNextJob } from '../../engine/lifecycle/claim.ts'
import type { WorkerIdentity } from '../../engine/lifecycle/workers.ts'
import { createJob, findJob, type NewJob } from '../../engine/jobs/jobs.ts'
import { phrase } from '../../i18n/catalogue.ts'
import { cleanUpAfter } from '../../worker/cleanup/clear-up.ts'
import { runJob } from '../../worker/run/run-job.ts'
import { workerIdentity } from '../../worker/ground/worker-identity.ts'
import { exitCodeOf, jobJson } from '../output/job-json.ts'
import { LINE_LOG } from '../output/line-log.ts'
import { printJson, printToStderr } from '../output/print.ts'
import { startProgress } from '../output/progress.ts'
import type { Call } from '../ground/session.ts'
import { stopOnSignals } from '../ground/signals.ts'
import { standardOutput } from '../output/standard-output.ts'
import { printSummary, printSummaryToStderr } from '../output/summary.ts'

/** @param isPiped an export goes to standard output, where nothing else is printed then */
type RunHereOptions = { isPiped?: boolean }

/** Makes the job and takes it in one transaction: no worker can be quicker. */
export async function runHere(
  call: Call,
  wanted: NewJob,
  way: RunHereOptions = {},
): Promise<number> {
  const { store, config } = call
  const take: Take = (claim, worker) =>
    store.db.transaction().execute(async (trx) => {
      const now = new Date()
      const job = await createJob(
        trx,
        { ...wanted, status: 'start_pending' },
        { now, actor: config.actor },
      )
      return await claimNextJob(trx, { claim, worker, now, jobId: job.id })
    })
  return await runClaimed(call, take, way)
}

/** Takes a job that waits, unless a worker was quicker. */
export async function takeHere(call: Call, jobId: number): Promise<number> {
  const take: Take = async (claim, worker) => {
    const now = new Date()
    const job = await claimNextJob(call.store.db, { claim, worker, now, jobId })
    if (job === undefined) throw new ConflictError({ problem: 'job_taken', id: jobId })
    return job
  }
  return await runClaimed(call, take, {})
}

type Take = (claim: string, worker: WorkerIdentity) => Promise<Job | undefined>

async function runClaimed(
  call: Call,
  take: Take,
  { isPiped = false }: RunHereOptions,
): Promise<number> {
  const { store, config } = call
  const signals = stopOnSignals(() => printToStderr(phrase(config.language, 'stopping')))
  try {
    await clearCopies(store)
    const claim = randomUUID()
    const worker = workerIdentity()
    const job = await take(claim, worker)
    if (job === undefined) throw new Error('A job that was just made could not be taken.')

    const progress = startProgress(process.stderr, () => performance.now(), config.language)
    const ran = await runJob(store, job, {
      claim,
      worker,
      log: LINE_LOG,
      outbox: config.outbox,
      // A job whose pipe is cut has failed: nobody can go on with it.
      stopSignal: isPiped ? new AbortController().signal : signals.stopSignal,
      output: isPiped ? standardOutput(signals.stopSignal) : undefined,
      onBatch: (batch) => progress.batch(batch),
    })
    progress.clear()
    await cleanUpAfter(store.db, job.id, { log: LINE_LOG, signal: signals.stopSignal })

    const end = await findJob(store.db, job.id)
    if (end === undefined) throw new ConflictError({ problem: 'job_deleted', id: job.id })
    await printEnd(call, end, isPiped)
    // A run that was given up would hold the process.
    if (ran === 'given_up') process.exit(exitCodeOf(end))
    return exitCodeOf(end)
  } finally {
    signals.forget()
  }
}

async function printEnd(call: Call, job: Job, isPiped: boolean): Promise<void> {
  if (call.isJson) await printJson(await jobJson(call, job))
  else if (!isPiped) await printSummary(call, job)
  // Who reads no further has seen enough.
  else if (job.failure_params?.['problem'] !== 'pipe_closed') await printSummaryToStderr(call, job)
}
