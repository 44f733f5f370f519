import type { ListedJob } from './job.ts'
import { shareOf } from './pace.ts'
import { isOver } from '../states/status.ts'

/** What came of a job, beside its status: a finished one may have written nothing. */
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

/** `all_written` is said of the records that were processed; ignored on purpose counts as written. */
export function outcomeOf(job: Omit<Counted, 'total'>): Outcome {
  const { processed, rejects } = job.counters
  if (!isOver(job.status)) return 'in_progress'
  else if (job.dry_run) return 'tried_out'
  else if (processed === 0 || hasLostResult(job)) return 'nothing_written'
  else if (rejects === 0) return 'all_written'
  else return rejects === processed ? 'all_rejected' : 'some_rejected'
}

/** What a record can have come to, in the order of the bar. */
export const PARTS = ['written', 'kept', 'rejected', 'unprocessed'] as const
export type Part = (typeof PARTS)[number]

/** Records by part; `unprocessed` is null until the source's end was seen. */
export type Parts = Record<Exclude<Part, 'unprocessed'>, number> & { unprocessed: number | null }

/** Of a dry run, what would have come of the records. */
export function partsOf(job: Counted): Parts {
  const { counters, total } = job
  if (hasLostResult(job)) return { written: 0, kept: 0, rejected: 0, unprocessed: total }
  return {
    written: counters.inserted + counters.updated + counters.deleted,
    kept: counters.unchanged + counters.reconciled + counters.ignored,
    rejected: counters.rejects,
    unprocessed: total === null ? null : total - counters.processed,
  }
}

/** What is there at all can be seen, however little it is. */
const LEAST_SHARE = 0.02

/** The share of the bar that each part takes; together they are 1. */
export function barOf(job: ListedJob): Record<Part, number> {
  return sharesOf(partsOf(job), doneOf(job))
}

/** The same of records that were counted, of which so great a share of all is done. */
export function sharesOf(
  { written, kept, rejected }: Omit<Parts, 'unprocessed'>,
  shareOfAll: number,
): Record<Part, number> {
  const done = written + kept + rejected
  const shareDone = done === 0 ? 0 : shareOfAll
  const seen = (share: number) => (share === 0 ? 0 : Math.max(share, LEAST_SHARE))
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

/** Where nothing tells how much is left, what was done is seen and room is left for more. */
const UNKNOWN_SHARE = 0.5

/** By records where their number is known, and else by the bytes that were read. */
function doneOf(job: ListedJob): number {
  const { counters, total } = job
  return total === null || total === 0
    ? (shareOf(job) ?? UNKNOWN_SHARE)
    : counters.processed / total
}

/** The file of an export is there when it is complete, or not at all. */
function hasLostResult({ type, status }: Pick<ListedJob, 'type' | 'status'>): boolean {
  return type === 'export' && isOver(status) && status !== 'finished'
}
