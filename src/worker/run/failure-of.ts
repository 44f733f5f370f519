import { isDiskFull, troubleOf } from '../../db/trouble.ts'
import { logFailure, type WorkerLog } from '../ground/log.ts'
import { JobFailure, type Failure } from '../../domain/words/messages.ts'

/** The failure of a run that threw `error`; an unexpected error is also logged in full. */
export function failureOf(error: unknown, jobId: number, log: WorkerLog): Failure {
  if (error instanceof JobFailure) return { reason: error.reason, params: error.params }
  if (isDiskFull(error)) return { reason: 'disk_full', params: {} }
  const trouble = troubleOf(error)
  if (trouble !== undefined) return { reason: 'database_failed', params: trouble }

  logFailure(log, `Job ${jobId} failed`, error)
  const detail = error instanceof Error ? error.message : String(error)
  return { reason: 'internal', params: { detail } }
}
