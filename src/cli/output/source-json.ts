import type { Job } from '../../domain/jobs/job.ts'
import { importState, type ResumeState } from '../../pipeline/import/opening/resume-state.ts'
import { sourceReaderOf } from '../../pipeline/known-formats.ts'

/** The dialect of the source of an import as JSON; null until it was opened. */
export function sourceJson(job: Job) {
  if (job.type !== 'import') return null
  const memo = importState.safeParse(job.checkpoint?.memo).data
  return memo === undefined ? null : memoJson(memo)
}

export function memoJson(memo: ResumeState) {
  return sourceReaderOf(memo).describe()
}
