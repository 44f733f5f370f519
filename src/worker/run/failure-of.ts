import { isDiskFull, databaseProblemOf } from '../../db/database-problem.ts'
import { logFailure, type WorkerLog } from '../ground/log.ts'
import { MASK } from '../../domain/records/mask.ts'
import { isMasked, type Job } from '../../domain/jobs/job.ts'
import { JobFailure, type Failure } from '../../domain/words/failures.ts'
import type { MessageParams } from '../../domain/words/messages.ts'
import type { ProblemKey } from '../../domain/words/problems.ts'

/** The failure of a run that threw `error`; an unexpected error is also logged in full. */
export function failureOf(error: unknown, job: Job, log: WorkerLog): Failure {
  if (error instanceof JobFailure) {
    const params = isMasked(job) ? withoutLines(error.params) : error.params
    return { reason: error.reason, params }
  }
  if (isDiskFull(error)) return { reason: 'disk_full', params: {} }
  const problem = databaseProblemOf(error)
  if (problem !== undefined) return { reason: 'database_failed', params: problem }

  const told = isMasked(job) ? withoutWords(error) : error
  logFailure(log, `Job ${job.id} failed`, told)
  const detail = told instanceof Error ? told.message : String(told)
  return { reason: 'internal', params: { detail } }
}

/** Problems of a header that quote the first lines of the file. */
const OF_HEADER: unknown[] = [
  'head_unclear',
  'several_headers',
  'no_names_found',
  'header_width',
] satisfies ProblemKey[]

/** The lines that a problem of the header quotes may be records with sensitive values. */
function withoutLines(params: MessageParams): MessageParams {
  return OF_HEADER.includes(params['problem']) ? { ...params, lines: MASK } : params
}

/**
 * The same error without its words, which may quote a sensitive value, as those of a database or of
 * a parser do: its name, its code and where it happened are left.
 */
function withoutWords(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(MASK)
  const { name } = error
  const code = 'code' in error ? ` ${String(error.code)}` : ''
  const left = new Error(`${name}${code} (${MASK})`)
  const at = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line))
  left.stack = [left.message, ...at].join('\n')
  return left
}
