import { setTimeout as pause } from 'node:timers/promises'
import type { Store } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { commitBatch, holdJob } from '../../engine/lifecycle/batch.ts'
import { forgetRehearsal } from '../../engine/cleanup/forget-rehearsal.ts'
import type { WorkerIdentity } from '../../engine/lifecycle/workers.ts'
import type { RunClock } from './run-clock.ts'
import type { Batch } from '../../domain/jobs/batch.ts'
import type { Output, RunPorts } from '../../pipeline/ports.ts'
import { announceLongStatement } from '../liveness/signs-of-life.ts'

/** Between two batches. */
const TURN_MS = 1

export type PortOptions = {
  claim: string
  worker: WorkerIdentity
  stopSignal: AbortSignal
  /** Where an export goes that has no file. */
  output?: Output | undefined
  ranMs: RunClock
  progressed: RunPorts['progressed']
  /** Told of every batch that is committed. */
  onBatch?: ((batch: Batch) => void) | undefined
}

/** Ties a run to its job: what it commits is fenced by the claim, and it hears who wants it to stop. */
export function runPorts(store: Store, job: Job, options: PortOptions): RunPorts {
  const { claim, stopSignal, progressed, ranMs, output, onBatch } = options
  let isFirst = true
  return {
    output,
    async commit(write) {
      const { status, batch } = await store.db.transaction().execute(async (trx) => {
        await holdJob(trx, { jobId: job.id, claim })
        if (isFirst && startsAgain(job)) await forgetRehearsal(trx, job.id)

        const batch = await write(trx)
        const worker = options.worker.name
        const report = { ...batch, worker, jobId: job.id, claim, now: new Date(), ranMs: ranMs() }
        return { ...(await commitBatch(trx, report)), batch }
      })
      isFirst = false
      onBatch?.(batch)
      // A click that waits for the lock asks for it every millisecond, and would find it taken again;
      // and a synchronous database leaves no room for signals and timers by itself.
      await pause(TURN_MS)
      return status === 'running' && !stopSignal.aborted ? 'go_on' : 'stop'
    },
    stopSignal,
    progressed,
    announceLongStatement,
  }
}

function startsAgain(job: Job): boolean {
  return job.dry_run && job.checkpoint !== null
}
