import { setTimeout as pause } from 'node:timers/promises'
import type { Db } from '../../db/store.ts'
import { passingProblem } from '../../db/database-problem.ts'
import type { DatabaseProblem } from '../../db/problem-codes.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { findJob } from '../../engine/jobs/jobs.ts'
import { noteInterruption } from '../../engine/lifecycle/batch.ts'
import type { WorkerIdentity } from '../../engine/lifecycle/workers.ts'

/** A run that the database ended, by something that passes. */
export type Interrupted = { interrupted: DatabaseProblem }

export const LOST: Interrupted = { interrupted: { problem: 'server_away' } }

export function isInterrupted(result: unknown): result is Interrupted {
  return typeof result === 'object' && result !== null && 'interrupted' in result
}

/** How often a run is interrupted at one checkpoint before it fails. */
const MOST = 10
const RETRY_MS = 250

type Held = { jobId: number; claim: string; worker: WorkerIdentity; stopSignal: AbortSignal }

/** The interruptions of one job, counted from its last checkpoint on. */
export class Attempts {
  readonly #db: Db
  readonly #held: Held
  #at: string | undefined
  #count = 0

  constructor(db: Db, held: Held) {
    this.#db = db
    this.#held = held
  }

  /** False where the batch itself may be what ends the connection. */
  mayGoOn(job: Job): boolean {
    const at = JSON.stringify(job.checkpoint)
    this.#count = at === this.#at ? this.#count + 1 : 1
    this.#at = at
    return this.#count < MOST
  }

  /**
   * Waits until the database answers, and tells of the interruption.
   * @returns the job at its last checkpoint; undefined where it is somebody else's by now, or this
   *   process ends
   */
  async goOn(problem: DatabaseProblem): Promise<Job | undefined> {
    const { jobId, claim, worker, stopSignal } = this.#held
    for (let tries = 1; !stopSignal.aborted; tries++) {
      // Of two that meet again and again, chance lets one be first.
      const delay = RETRY_MS * Math.min(tries, this.#count) * (0.5 + Math.random())
      await pause(delay, undefined, { signal: stopSignal }).catch(() => undefined)
      try {
        const said = { jobId, claim, worker: worker.name, now: new Date(), problem }
        if (!(await noteInterruption(this.#db, said))) return undefined
        return await findJob(this.#db, jobId)
      } catch (error) {
        if (passingProblem(error) === undefined) throw error
      }
    }
    return undefined
  }
}
