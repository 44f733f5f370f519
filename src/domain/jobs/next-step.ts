import { openRejectsOf, type ListedJob } from './job.ts'
import type { FailureReason } from '../words/failures.ts'
import { outcomeOf } from './outcome.ts'
import { STANDARD_OUTPUT } from '../specification/specification.ts'
import type { JobStatus } from '../states/status.ts'

/**
 * The steps that can be offered. `go_on` is Start where the rest will probably fail in the same
 * way.
 */
export const STEPS = [
  'start',
  'pause',
  'cancel',
  'edit',
  'repair',
  'look_at_rejects',
  'change',
  'go_on',
  'run_again',
  'download',
  'run_for_real',
] as const
export type StepName = (typeof STEPS)[number]

/** Why there is nothing to do: the job moves by itself, or there was nothing in its file. */
export const WAITS = ['for_worker', 'pausing', 'cancelling', 'goes_on', 'no_records'] as const
export type Wait = (typeof WAITS)[number]

export type NextStep = {
  /** What an operator most likely wants; null if there is nothing to do. */
  step: StepName | null
  others: StepName[]
  wait: Wait | null
}

/** The columns that decide the next step. */
export type SteppingJob = Pick<
  ListedJob,
  | 'type'
  | 'status'
  | 'dry_run'
  | 'counters'
  | 'total'
  | 'failure_reason'
  | 'file_name'
  | 'repair_of'
  | 'repaired'
  | 'set_aside'
>

/** The suggested next step of a job and the alternatives, from its status and its outcome. */
export function nextStepOf(job: SteppingJob): NextStep {
  return STEPS_BY_STATUS[job.status](job)
}

const STEPS_BY_STATUS: Record<JobStatus, (job: SteppingJob) => NextStep> = {
  editing: () => does('start', 'edit'),
  start_pending: () => waits('for_worker', 'pause', 'cancel'),
  running: () => does('pause', 'cancel'),
  pausing: () => waits('pausing', 'cancel'),
  paused: () => does('start', 'cancel'),
  cancelling: () => waits('cancelling'),
  cancelled: (job) => doesAll(rejectSteps(job)),
  finished: stepWhenFinished,
  failed: stepWhenFailed,
  shutting_down: () => waits('goes_on', 'pause', 'cancel'),
}

const NOTHING_TO_DO: NextStep = { step: null, others: [], wait: null }

function stepWhenFinished(job: SteppingJob): NextStep {
  const rejects = rejectSteps(job)
  if (isHopeless(job)) return does('change', ...rejects)
  else if (job.dry_run) return does('run_for_real', ...rejects)
  else if (job.type === 'export' && job.file_name !== STANDARD_OUTPUT) {
    return does('download', ...rejects)
  } else if (job.counters.processed === 0) return waits('no_records')
  else return doesAll(rejects)
}

/** What fixes each kind of failure: another specification, a new run, or resuming. */
const REMEDIES: Record<FailureReason, 'change' | 'run_again' | 'start'> = {
  internal: 'start',
  source_missing: 'start',
  source_changed: 'run_again',
  source_truncated: 'run_again',
  source_damaged: 'run_again',
  target_missing: 'start',
  target_changed: 'change',
  all_rejected: 'change',
  too_many_rejects: 'change',
  stopped_by_field: 'change',
  disk_full: 'start',
  worker_died: 'start',
  invalid_specification: 'change',
  output_failed: 'start',
  database_failed: 'start',
}

/** Failures by a limit of the specification; the job could continue with the other records. */
const LIMITS: FailureReason[] = ['all_rejected', 'too_many_rejects', 'stopped_by_field']

/** Rejects come before the remedy of a technical failure, but after that of a limit. */
function stepWhenFailed(job: SteppingJob): NextStep {
  const { failure_reason: reason } = job
  const rejects = rejectSteps(job)
  // Another specification is no remedy for a linked job, and its records are imported only once.
  if (job.repair_of !== null) return doesAll(['start', ...rejects, 'cancel'])
  const remedy = reason === null ? 'start' : REMEDIES[reason]
  if (reason !== null && LIMITS.includes(reason)) {
    return does(remedy, ...rejects, 'go_on', 'cancel')
  }
  const start: StepName[] = remedy === 'start' ? [] : ['start']
  return doesAll([...rejects, remedy, ...start, 'cancel'])
}

/** Open rejects can be repaired; those of a dry run or a linked job only looked at. */
function rejectSteps(job: SteppingJob): StepName[] {
  if (openRejectsOf(job) > 0) return ['repair']
  const isElsewhere = job.dry_run || job.repair_of !== null
  return isElsewhere && job.counters.rejects > 0 ? ['look_at_rejects'] : []
}

/** Whether another run with the same specification would reject the same records. */
function isHopeless(job: SteppingJob): boolean {
  const { processed, rejects } = job.counters
  if (job.repair_of !== null) return false
  return outcomeOf(job) === 'all_rejected' || (job.dry_run && rejects > 0 && rejects === processed)
}

function doesAll([step, ...others]: StepName[]): NextStep {
  return step === undefined ? NOTHING_TO_DO : does(step, ...others)
}

function does(step: StepName, ...others: StepName[]): NextStep {
  return { step, others, wait: null }
}

function waits(wait: Wait, ...others: StepName[]): NextStep {
  return { step: null, others, wait }
}
