import { isDiskFull, databaseProblemOf } from '../../db/database-problem.ts'
import { logFailure, type WorkerLog } from '../ground/log.ts'
import { JobFailure, type Failure } from '../../domain/words/messages.ts'

/** The failure of a run that threw `error`; an unexpected error is also logged in full. */
export function failureOf(error: unknown, jobId: number, log: WorkerLog): Failure {
  if (error instanceof JobFailure) return { reason: error.reason, params: error.params }
  if (isDiskFull(error)) return { reason: 'disk_full', params: {} }
  const problem = databaseProblemOf(error)
  if (problem !== undefined) return { reason: 'database_failed', params: problem }

  logFailure(log, `Job ${jobId} failed`, error)
  const detail = error instanceof Error ? error.message : String(error)
  return { reason: 'internal', params: { detail } }
}
