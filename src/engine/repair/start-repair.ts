import type { Db, Trx } from '../../db/store.ts'
import { ConflictError } from '../../domain/words/errors.ts'
import { usesPipe, type Job } from '../../domain/jobs/job.ts'
import {
  STANDARD_STREAM,
  type ImportSpecification,
} from '../../domain/specification/specification.ts'
import { OVER_STATUSES } from '../../domain/states/status.ts'
import { inTransaction } from '../ground/in-transaction.ts'
import { writeJournal } from '../ground/journal.ts'
import { createJob } from '../jobs/jobs.ts'
import { lockForEdit } from '../jobs/lock-for-edit.ts'
import { addToCounts } from './repair-counts.ts'
import { requireRepairable, type RepairableJob } from './require-repairable.ts'
import { takeRejects, type Corrected } from './take-rejects.ts'

/** A linked job, and the number of rejects that it took. */
export type StartedRepair = { job: Job; taken: number }

export type RepairAct = { actor: string; now: Date; label: string }

/**
 * Makes a linked job that imports corrected rejects of a job that is over, and starts it. One
 * transaction makes the job, takes the rejects and stores the corrected records, so a reject is
 * repaired at most once, whoever asks, on however many servers.
 * @throws NotFoundError
 * @throws ConflictError where the job's rejects cannot be repaired, or all of these are taken
 */
export async function startRepair(
  db: Db | Trx,
  firstId: number,
  corrected: Corrected[],
  { label, ...by }: RepairAct,
): Promise<StartedRepair> {
  return inTransaction(db, async (trx) => {
    // Locks the first job, so that two who repair it take turns.
    const first = requireRepairable(
      await lockForEdit(trx, firstId, { act: 'repair', allowed: OVER_STATUSES }),
    )
    const job = await createJob(trx, linkedJob(first, label), by)
    const taken = await takeRejects(trx, { firstId, linkedId: job.id }, corrected, by)
    if (taken === 0) throw new ConflictError({ problem: 'repaired_already', id: firstId })

    await addToCounts(trx, firstId, { repaired: taken })
    const message = {
      code: 'TLY-1060',
      params: { from: String(firstId), job: String(job.id), count: taken },
    } as const
    await writeJournal(trx, firstId, message, by)
    await writeJournal(trx, job.id, message, by)
    return { job, taken }
  })
}

function linkedJob(first: RepairableJob, label: string) {
  const { id, description, target_table, file_name, checkpoint } = first
  return {
    type: 'import',
    specification: specificationOf(first),
    label,
    description,
    targetTable: target_table,
    fileName: file_name,
    status: 'start_pending',
    repair: { of: id, memo: JSON.stringify(checkpoint.memo) },
  } as const
}

/**
 * Reads, checks and writes as the first job did. What belongs to its file or to a whole file does
 * not apply: nothing is skipped, no table is created, and no limit ends it, since each record was
 * looked at.
 */
function specificationOf(first: RepairableJob): ImportSpecification {
  const { specification } = first
  return {
    ...specification,
    path: usesPipe(first) ? STANDARD_STREAM : specification.path,
    spooled: false,
    create: false,
    skip: 0,
    skipLast: 0,
    firstRecord: 1,
    lastRecord: null,
    stopIfAllRejected: false,
    maxRejects: null,
  }
}
