import type { Job } from '../../domain/jobs/job.ts'
import { importMemo, type ResumeState } from '../../pipeline/import/plan/import-plan.ts'

/** The dialect of the source of an import as JSON; null until it was opened. */
export function sourceJson(job: Job) {
  if (job.type !== 'import') return null
  const memo = importMemo.safeParse(job.checkpoint?.memo).data
  return memo === undefined ? null : memoJson(memo)
}

export function memoJson(memo: ResumeState) {
  const { encoding, delimiter, quote, escape, recordEnd, skipped, header, detection } = memo
  return {
    format: 'delimited',
    encoding,
    delimiter,
    quote,
    escape,
    record_end: recordEnd,
    skipped_lines: skipped,
    header,
    confidence:
      detection === null
        ? null
        : {
            encoding: detection.encoding.confidence,
            delimiter: detection.delimiter.confidence,
          },
    alternatives:
      detection === null
        ? null
        : {
            encoding: detection.encoding.alternatives,
            delimiter: detection.delimiter.alternatives,
          },
  }
}
