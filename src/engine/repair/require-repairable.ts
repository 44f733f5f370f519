import { ConflictError, InvalidInputError } from '../../domain/words/errors.ts'
import type { Job } from '../../domain/jobs/job.ts'
import type { Checkpoint } from '../../domain/jobs/checkpoint.ts'
import { isOver, OVER_STATUSES } from '../../domain/states/status.ts'
import { wrongStatus } from '../ground/conflict.ts'

/** An import whose rejects can be repaired: it is over, and was no dry run. */
export type RepairableJob = Extract<Job, { type: 'import' }> & { checkpoint: Checkpoint }

/**
 * @throws InvalidInputError for an export
 * @throws ConflictError where the rejects are none of a finished import's own
 */
export function requireRepairable(job: Job): RepairableJob {
  const { id, type, status, checkpoint, repair_of: first } = job
  if (type === 'export') throw new InvalidInputError({ problem: 'nothing_rejected', id })
  if (!isOver(status)) throw wrongStatus(id, status, 'repair', OVER_STATUSES)
  if (first !== null) throw new ConflictError({ problem: 'repaired_elsewhere', id, first })
  if (job.dry_run) throw new ConflictError({ problem: 'dry_run_repaired', id })
  if (checkpoint === null) throw new ConflictError({ problem: 'nothing_read', id })
  return { ...job, checkpoint }
}
