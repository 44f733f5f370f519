import type { ListedJob } from './job.ts'
import { shareOf } from './pace.ts'
import { isOver } from '../states/status.ts'

/** The outcome of a job, besides its status: a finished job may have written nothing. */
export const OUTCOMES = [
  'in_progress',
  'nothing_written',
  'all_written',
  'some_rejected',
  'all_rejected',
  'tried_out',
] as const
export type Outcome = (typeof OUTCOMES)[number]

type Counted = Pick<ListedJob, 'type' | 'status' | 'dry_run' | 'counters' | 'total'>

/** `all_written` is about the processed records; records ignored on purpose count as written. */
export function outcomeOf(job: Omit<Counted, 'total'>): Outcome {
  const { processed, rejects } = job.counters
  if (!isOver(job.status)) return 'in_progress'
  else if (job.dry_run) return 'tried_out'
  else if (processed === 0 || hasLostResult(job)) return 'nothing_written'
  else if (rejects === 0) return 'all_written'
  else return rejects === processed ? 'all_rejected' : 'some_rejected'
}

/** The groups of outcomes of a record, in the order of the bar. */
export const PARTS = ['written', 'kept', 'rejected', 'unprocessed'] as const
export type OutcomePart = (typeof PARTS)[number]

/** Records by part; `unprocessed` is null until the end of the source has been read. */
export type OutcomeParts = Record<Exclude<OutcomePart, 'unprocessed'>, number> & {
  unprocessed: number | null
}

/** The records of each part; for a dry run, what would have happened. */
export function outcomeParts(job: Counted): OutcomeParts {
  const { counters, total } = job
  if (hasLostResult(job)) return { written: 0, kept: 0, rejected: 0, unprocessed: total }
  return {
    written: counters.inserted + counters.updated + counters.deleted,
    kept: counters.unchanged + counters.reconciled + counters.ignored,
    rejected: counters.rejects,
    unprocessed: total === null ? null : total - counters.processed,
  }
}

/** A part with at least one record stays visible, however small it is. */
const MIN_SHARE = 0.02

/** The share of the bar that each part takes; the sum is 1. */
export function barOf(job: ListedJob): Record<OutcomePart, number> {
  return sharesOf(outcomeParts(job), doneOf(job))
}

/** The same for counted records that make up `shareOfAll` (0 to 1) of the whole. */
export function sharesOf(
  { written, kept, rejected }: Omit<OutcomeParts, 'unprocessed'>,
  shareOfAll: number,
): Record<OutcomePart, number> {
  const done = written + kept + rejected
  const shareDone = done === 0 ? 0 : shareOfAll
  const seen = (share: number) => (share === 0 ? 0 : Math.max(share, MIN_SHARE))
  const shareOfPart = (records: number) => seen(done === 0 ? 0 : (records / done) * shareDone)
  const wide = {
    written: shareOfPart(written),
    kept: shareOfPart(kept),
    rejected: shareOfPart(rejected),
    unprocessed: seen(1 - shareDone),
  }
  const all = wide.written + wide.kept + wide.rejected + wide.unprocessed
  return {
    written: wide.written / all,
    kept: wide.kept / all,
    rejected: wide.rejected / all,
    unprocessed: wide.unprocessed / all,
  }
}

/** Used where the total is unknown: shows what is done and leaves room for more. */
const UNKNOWN_SHARE = 0.5

/** The share done: by records where the total is known, otherwise by bytes read. */
function doneOf(job: ListedJob): number {
  const { counters, total } = job
  return total === null || total === 0
    ? (shareOf(job) ?? UNKNOWN_SHARE)
    : counters.processed / total
}

/** The file of an export appears only when it is complete. */
function hasLostResult({ type, status }: Pick<ListedJob, 'type' | 'status'>): boolean {
  return type === 'export' && isOver(status) && status !== 'finished'
}
