import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Db, Store } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import {
  parseExportSpecification,
  parseImportSpecification,
} from '../../domain/specification/parse-specification.ts'
import { JOB_STATUSES } from '../../domain/states/status.ts'
import { claimNextJob } from '../../engine/lifecycle/claim.ts'
import { createJob, findJob } from '../../engine/jobs/jobs.ts'
import { listJobs } from '../../engine/list/list-jobs.ts'
import { transition } from '../../engine/lifecycle/transition.ts'
import { exportJob, importJob, type NewJob } from '../../engine/jobs/new-job.ts'
import { runJob } from '../../worker/run/run-job.ts'
import { LINE_LOG } from '../output/line-log.ts'
import { workerIdentity } from '../../worker/ground/worker-identity.ts'

const POLL_MS = 50

type DemoFact = (job: Job) => boolean
type DemoJob = Pick<NewJob, 'label' | 'description' | 'status'> & {
  /** Claimed and run in this process, which is not slowed down, before a worker can claim it. */
  isRunHere?: boolean
}

/** Does what an operator does with buttons, and waits for the results. */
export class DemoOperator {
  readonly #store: Store
  readonly #db: Db
  readonly #actor: string
  readonly #stopSignal: AbortSignal

  constructor(store: Store, actor: string, stopSignal: AbortSignal) {
    this.#store = store
    this.#db = store.db
    this.#actor = actor
    this.#stopSignal = stopSignal
  }

  async importFile(
    wanted: DemoJob,
    given: Parameters<typeof parseImportSpecification>[0],
  ): Promise<number> {
    return await this.#make({ ...importJob(parseImportSpecification(given), wanted), ...wanted })
  }

  async exportTable(
    wanted: DemoJob,
    given: Parameters<typeof parseExportSpecification>[0],
  ): Promise<number> {
    return await this.#make({ ...exportJob(parseExportSpecification(given), wanted), ...wanted })
  }

  async command(id: number, event: 'pause' | 'cancel'): Promise<void> {
    await transition(this.#db, id, event, { actor: this.#actor, now: new Date() })
  }

  async waitUntil(id: number, fact: DemoFact): Promise<void> {
    await this.#poll(async () => {
      const job = await findJob(this.#db, id)
      return job !== undefined && fact(job) ? job : undefined
    })
  }

  /** Waits for the job that another process creates with this label. @returns its id */
  async waitForJob(label: string): Promise<number> {
    return await this.#poll(async () => {
      const { jobs } = await listJobs(this.#db, { text: label, limit: 1, now: new Date() })
      return jobs[0]?.id
    })
  }

  /** Waits until every status has a job at the same time. */
  async waitForEveryStatus(): Promise<void> {
    await this.#poll(async () => {
      const { jobs } = await listJobs(this.#db, { limit: 100, now: new Date() })
      const shown = new Set(jobs.map(({ status }) => status))
      return JOB_STATUSES.every((status) => shown.has(status)) ? shown : undefined
    })
  }

  async #make({ isRunHere, ...job }: NewJob & DemoJob): Promise<number> {
    this.#stopSignal.throwIfAborted()
    const act = { now: new Date(), actor: this.#actor }
    if (isRunHere !== true) return (await createJob(this.#db, job, act)).id

    const held = { claim: randomUUID(), worker: workerIdentity(this.#store) }
    const taken = await this.#db.transaction().execute(async (trx) => {
      const { id } = await createJob(trx, { ...job, status: 'start_pending' }, act)
      return await claimNextJob(trx, { ...held, now: act.now, jobId: id })
    })
    if (taken === undefined) throw new Error('A job that was just made could not be taken.')
    await runJob(this.#store, taken, {
      ...held,
      log: LINE_LOG,
      stopSignal: this.#stopSignal,
    })
    return taken.id
  }

  async #poll<Found>(find: () => Promise<Found | undefined>): Promise<Found> {
    for (;;) {
      const found = await find()
      if (found !== undefined) return found
      await pause(POLL_MS, undefined, { signal: this.#stopSignal })
    }
  }
}
