import { durationOf, type Job, type ListedJob } from '../domain/job.ts'

/** A job as programs read it; `total` and `unprocessed` are null until the source's end was seen. */
export function jobJson(job: ListedJob, now: Date) {
  const { counters, total } = job
  return {
    id: job.id,
    type: job.type,
    label: job.label,
    status: job.status,
    failure: job.failure_reason,
    started_at: job.started_at,
    ended_at: job.ended_at,
    duration_ms: durationOf(job, now),
    counters: {
      total,
      ...counters,
      unprocessed: total === null ? null : total - counters.processed,
    },
  }
}

/** 0: every record went in; 3: some did not; 1: the job did not come to its end. */
export function exitCodeOf({ status, counters }: Job): number {
  if (status !== 'finished') return 1
  return counters.rejects === 0 ? 0 : 3
}
