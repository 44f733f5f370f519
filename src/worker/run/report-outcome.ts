import { setTimeout as pause } from 'node:timers/promises'
import type { DatabaseFile, Db } from '../../db/store.ts'
import { isDiskFull } from '../../db/database-problem.ts'
import {
  ClaimLostError,
  ConflictError,
  DatabaseLostError,
  NotFoundError,
} from '../../domain/words/errors.ts'
import type { Failure } from '../../domain/words/failures.ts'
import type { JobStatus } from '../../domain/states/status.ts'
import type { WorkerEvent } from '../../domain/states/transitions.ts'
import { releaseJob } from '../../engine/lifecycle/claim.ts'
import { findJob } from '../../engine/jobs/jobs.ts'
import { transition } from '../../engine/lifecycle/transition.ts'
import { discardFiles } from '../../pipeline/export/export.ts'
import type { RunEnd } from '../../pipeline/ports.ts'
import type { RunClock } from './run-clock.ts'
import { logFailure, type WorkerLog } from '../ground/log.ts'

export type HeldJob = {
  db: Db
  /** Reserved disk space for what must be written even when the disk is full. */
  emergencySpace: DatabaseFile['emergencySpace'] | undefined
  jobId: number
  claim: string
  worker: string
  ranMs: RunClock
  log: WorkerLog
}
export type RunResult = RunEnd | 'lost' | Failure

const TRIES = 5
const RETRY_MS = 1_000

/**
 * Stores how a run ended; on a full disk it releases the reserved space first. A job that another
 * worker has claimed is left alone; one that can't be stored is left to the rescuer.
 */
export async function reportOutcome(held: HeldJob, result: RunResult): Promise<void> {
  if (result === 'lost') return
  for (let left = TRIES; left > 0; left--) {
    try {
      return await tell(held, result)
    } catch (error) {
      if (error instanceof ClaimLostError || error instanceof NotFoundError) return
      if (error instanceof DatabaseLostError) throw error
      if (isDiskFull(error) && held.emergencySpace?.release() === true) continue
      if (left > 1) await pause(RETRY_MS)
      else logFailure(held.log, `The end of job ${held.jobId} could not be stored`, error)
    }
  }
}

/** Moves the job to `shutting_down`. It keeps its claim, so the batch under way still commits. */
export async function announceShutdown(held: HeldJob): Promise<void> {
  try {
    await move(held, 'shut_down')
  } catch (error) {
    // A job that is not running ends by another request.
    if (!(error instanceof ConflictError || error instanceof NotFoundError)) throw error
  }
}

async function tell(held: HeldJob, result: Exclude<RunResult, 'lost'>): Promise<void> {
  try {
    if (result === 'finished') await move(held, 'finish')
    else if (result !== 'stopped')
      await transition(held.db, held.jobId, 'fail', { ...reportOf(held), failure: result })
    else await release(held)
  } catch (error) {
    const isShuttingDown = error instanceof ConflictError && !(error instanceof ClaimLostError)
    if (!isShuttingDown) throw error
    // The worker that resumes it reaches the same end at once.
    await release(held)
  }
}

/** Ends the run as requested; retries when the request changes in between. */
async function release(held: HeldJob): Promise<void> {
  for (;;) {
    const job = await findJob(held.db, held.jobId)
    if (job === undefined || job.claim !== held.claim) return
    if (job.status === 'shutting_down') {
      if (await releaseJob(held.db, held)) return
    } else {
      // Files first: if the process dies in between, the job is rescued; a final job is not.
      if (job.status === 'cancelling') await discardFiles(job)
      await tryMove(held, job.status === 'running' ? 'shut_down' : eventOf(job.status))
    }
  }
}

function eventOf(status: JobStatus): 'halt' | 'yield' {
  return status === 'cancelling' ? 'halt' : 'yield'
}

async function tryMove(held: HeldJob, event: 'halt' | 'yield' | 'shut_down'): Promise<void> {
  try {
    await move(held, event)
  } catch (error) {
    if (!(error instanceof ConflictError) || error instanceof ClaimLostError) throw error
  }
}

async function move(held: HeldJob, event: Exclude<WorkerEvent, 'fail'>): Promise<void> {
  await transition(held.db, held.jobId, event, reportOf(held))
}

function reportOf({ worker, claim, ranMs }: HeldJob) {
  return { actor: worker, claim, now: new Date(), ranMs: ranMs() }
}
