import type { Db } from '../../db/store.ts'
import type { BulkCommand } from '../../domain/states/commands.ts'
import type { JobStatus } from '../../domain/states/status.ts'
import { ConflictError, InvalidInputError, NotFoundError } from '../../domain/words/errors.ts'
import { deleteJobAndChildren, type JobFiles } from '../cleanup/delete-job.ts'
import { transition } from './transition.ts'

export const MAX_JOBS_AT_ONCE = 200

/** The outcome of a bulk command for one job: the error that refused it, or the new status. */
export type CommandOutcome = {
  id: number
  refusal?: NotFoundError | ConflictError | undefined
  /** Undefined for a deleted job. */
  status?: JobStatus | undefined
}

type CommandAct = {
  actor: string
  now: Date
  /** For `delete`. */
  files: JobFiles
}

/**
 * Applies a command to many jobs, each in its own transaction: a refusal does not stop the others.
 * Repeated ids count once. Deleted jobs are left to `runCleanup`.
 * @throws InvalidInputError for more than MAX_JOBS_AT_ONCE jobs
 */
export async function commandJobs(
  db: Db,
  ids: number[],
  command: BulkCommand,
  act: CommandAct,
): Promise<CommandOutcome[]> {
  const outcomes: CommandOutcome[] = []
  for (const id of distinctJobs(ids))
    outcomes.push({ id, ...(await tryCommand(db, id, command, act)) })
  return outcomes
}

/**
 * Each id once, in the given order.
 * @throws InvalidInputError for more than MAX_JOBS_AT_ONCE jobs
 */
export function distinctJobs(ids: number[]): number[] {
  const each = [...new Set(ids)]
  if (each.length <= MAX_JOBS_AT_ONCE) return each
  throw new InvalidInputError({
    problem: 'too_many_jobs',
    count: each.length,
    limit: MAX_JOBS_AT_ONCE,
  })
}

async function tryCommand(
  db: Db,
  id: number,
  command: BulkCommand,
  act: CommandAct,
): Promise<Omit<CommandOutcome, 'id'>> {
  try {
    if (command !== 'delete') return { status: (await transition(db, id, command, act)).status }
    await deleteJobAndChildren(db, id, act)
    return {}
  } catch (error) {
    if (error instanceof NotFoundError || error instanceof ConflictError) return { refusal: error }
    throw error
  }
}
