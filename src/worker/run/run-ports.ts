import { setTimeout as pause } from 'node:timers/promises'
import type { Store } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { commitBatch, holdJob } from '../../engine/lifecycle/batch.ts'
import { forgetRehearsal } from '../../engine/cleanup/forget-rehearsal.ts'
import {
  correctionAt,
  correctionsAfter,
  measureCorrections,
} from '../../engine/repair/corrections.ts'
import type { WorkerIdentity } from '../../engine/lifecycle/workers.ts'
import type { RunClock } from './run-clock.ts'
import type { Batch } from '../../domain/jobs/batch.ts'
import type { CorrectedRecords, Output, RunPorts } from '../../pipeline/ports.ts'
import { announceLongStatement } from '../liveness/signs-of-life.ts'

export type PortOptions = {
  claim: string
  worker: WorkerIdentity
  stopSignal: AbortSignal
  /** The output of an export without a file. */
  output?: Output | undefined
  ranMs: RunClock
  progressed: RunPorts['progressed']
  /** Called after every committed batch. */
  onBatch?: ((batch: Batch) => void) | undefined
}

/** Connects a run to its job: commits are fenced by the claim and return stop requests. */
export async function runPorts(store: Store, job: Job, options: PortOptions): Promise<RunPorts> {
  const { claim, stopSignal, progressed, ranMs, output, onBatch } = options
  let isFirst = true
  let { batches } = job
  return {
    output,
    corrected: await correctedOf(store, job),
    async commit(write) {
      const { status, batch } = await store.db.transaction().execute(async (trx) => {
        await holdJob(trx, { jobId: job.id, claim, batches })
        if (isFirst && startsAgain(job)) await forgetRehearsal(trx, job.id)

        const batch = await write(trx)
        const worker = options.worker.name
        const report = { ...batch, worker, jobId: job.id, claim, now: new Date(), ranMs: ranMs() }
        return { ...(await commitBatch(trx, report)), batch }
      })
      isFirst = false
      batches++
      onBatch?.(batch)
      if (store.batches.pauseMs > 0) await pause(store.batches.pauseMs)
      return status === 'running' && !stopSignal.aborted ? 'go_on' : 'stop'
    },
    stopSignal,
    progressed,
    announceLongStatement,
  }
}

async function correctedOf({ db }: Store, job: Job): Promise<CorrectedRecords | undefined> {
  const { id, repair_memo } = job
  if (repair_memo === null) return undefined
  const memo: unknown = JSON.parse(repair_memo)
  return {
    memo,
    bytes: (await measureCorrections(db, id)).bytes,
    after: (record) => correctionsAfter(db, id, record),
    numberAt: (place) => correctionAt(db, id, place),
    bytesUpTo: async (record) => (await measureCorrections(db, id, record)).bytes,
  }
}

function startsAgain(job: Job): boolean {
  return job.dry_run && job.checkpoint !== null
}
