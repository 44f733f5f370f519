import type { Db } from '../../db/store.ts'
import type { BulkCommand } from '../../domain/states/commands.ts'
import type { JobStatus } from '../../domain/states/status.ts'
import { ConflictError, InvalidInputError, NotFoundError } from '../../domain/words/errors.ts'
import { deleteJobAndChildren, type JobFiles } from '../cleanup/delete-job.ts'
import { transition } from './transition.ts'

export const MAX_JOBS_AT_ONCE = 200

/** What came of a command to one of many jobs: why it was not done, or the status that it led to. */
export type CommandOutcome = {
  id: number
  refusal?: NotFoundError | ConflictError | undefined
  /** Undefined for a job that is deleted. */
  status?: JobStatus | undefined
}

type CommandAct = {
  actor: string
  now: Date
  /** For `delete`. */
  files: JobFiles
}

/**
 * Gives many jobs one command, each for itself: that one refuses it holds up no other. A job that
 * is named twice is commanded once. What they leave behind is for `sweep`.
 * @throws InvalidInputError for too many jobs
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
 * Each job once, in the order in which they were named.
 * @throws InvalidInputError for too many jobs
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
