import type { ListedJob } from './job.ts'

/** What a person can do next about a job that nothing else moves, for the start page. */
export type NeededStep = 'start' | 'rejects' | 'look'

/** More of the same would fail the same way: these are looked at, and not simply started again. */
const BY_REJECTS = ['all_rejected', 'too_many_rejects', 'stopped_by_field'] as const

export function neededStep({
  status,
  failure_reason: reason,
  counters,
}: Pick<ListedJob, 'status' | 'failure_reason' | 'counters'>): NeededStep {
  if (status === 'paused') return 'start'
  else if (status !== 'failed') return counters.rejects > 0 ? 'rejects' : 'look'
  else return BY_REJECTS.some((each) => each === reason) ? 'rejects' : 'look'
}
