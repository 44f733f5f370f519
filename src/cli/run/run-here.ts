import { randomUUID } from 'node:crypto'
import type { Trx } from '../../db/store.ts'
import { ConflictError } from '../../domain/words/errors.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { clearCopies } from '../../engine/cleanup/clear-copies.ts'
import { claimNextJob } from '../../engine/lifecycle/claim.ts'
import type { WorkerIdentity } from '../../engine/lifecycle/workers.ts'
import { createJob, findJob } from '../../engine/jobs/jobs.ts'
import type { NewJob } from '../../engine/jobs/new-job.ts'
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

/** @param isPiped the export goes to standard output, so nothing else may be printed there */
type RunHereOptions = { isPiped?: boolean }

/** Creates the job and claims it in one transaction, before any worker can. */
export async function runHere(
  call: Call,
  wanted: NewJob,
  options: RunHereOptions = {},
): Promise<number> {
  const act = { now: new Date(), actor: call.config.actor }
  const start = (trx: Trx) => createJob(trx, { ...wanted, status: 'start_pending' }, act)
  return await startAndRun(call, start, options)
}

/** The same for a job that is made and started by other means. */
export async function startAndRun(
  call: Call,
  start: (trx: Trx) => Promise<Job>,
  options: RunHereOptions = {},
): Promise<number> {
  const claimJob: ClaimJob = (claim, worker) =>
    call.store.db.transaction().execute(async (trx) => {
      const { id: jobId } = await start(trx)
      return await claimNextJob(trx, { claim, worker, now: new Date(), jobId })
    })
  return await runClaimed(call, claimJob, options)
}

/** Claims a waiting job and runs it here. @throws ConflictError if a worker was quicker */
export async function claimAndRun(call: Call, jobId: number): Promise<number> {
  const claimJob: ClaimJob = async (claim, worker) => {
    const now = new Date()
    const job = await claimNextJob(call.store.db, { claim, worker, now, jobId })
    if (job === undefined) throw new ConflictError({ problem: 'job_taken', id: jobId })
    return job
  }
  return await runClaimed(call, claimJob, {})
}

type ClaimJob = (claim: string, worker: WorkerIdentity) => Promise<Job | undefined>

async function runClaimed(
  call: Call,
  claimJob: ClaimJob,
  { isPiped = false }: RunHereOptions,
): Promise<number> {
  const { store, config } = call
  const signals = stopOnSignals(() => printToStderr(phrase(config.language, 'stopping')))
  try {
    await clearCopies(store)
    const claim = randomUUID()
    const worker = workerIdentity(store)
    const job = await claimJob(claim, worker)
    if (job === undefined) throw new Error('A job that was just made could not be taken.')

    const progress = startProgress(process.stderr, () => performance.now(), config.language)
    const ran = await runJob(store, job, {
      claim,
      worker,
      log: LINE_LOG,
      outbox: config.outbox,
      // An interrupted pipe fails the job, because it cannot be resumed.
      stopSignal: isPiped ? new AbortController().signal : signals.stopSignal,
      output: isPiped ? standardOutput(signals.stopSignal) : undefined,
      onBatch: (batch) => progress.batch(batch),
    })
    progress.clear()
    await cleanUpAfter(store.db, job.id, { log: LINE_LOG, signal: signals.stopSignal })

    const end = await findJob(store.db, job.id)
    if (end === undefined) throw new ConflictError({ problem: 'job_deleted', id: job.id })
    await printEnd(call, end, isPiped)
    // An abandoned run would keep the process alive.
    if (ran === 'given_up') process.exit(exitCodeOf(end))
    return exitCodeOf(end)
  } finally {
    signals.removeListeners()
  }
}

async function printEnd(call: Call, job: Job, isPiped: boolean): Promise<void> {
  if (call.isJson) await printJson(await jobJson(call, job))
  else if (!isPiped) await printSummary(call, job)
  // No summary if the reader closed the pipe.
  else if (job.failure_params?.['problem'] !== 'pipe_closed') await printSummaryToStderr(call, job)
}
