import { JOB_STATUSES, type JobStatus } from './status.ts'

export type Transition = {
  /** Who causes the event: operators at any time, a worker only with its claim. */
  by: 'operator' | 'worker'
  /** From status to status. A status that is not listed refuses the event. */
  moves: Partial<Record<JobStatus, JobStatus>>
}

/** Every legal transition of a job, named by its event. What is not listed cannot happen. */
export const TRANSITIONS = {
  start: {
    by: 'operator',
    moves: { editing: 'start_pending', paused: 'start_pending', failed: 'start_pending' },
  },
  pause: {
    by: 'operator',
    moves: { start_pending: 'paused', running: 'pausing', shutting_down: 'pausing' },
  },
  cancel: {
    by: 'operator',
    moves: {
      start_pending: 'cancelled',
      paused: 'cancelled',
      failed: 'cancelled',
      running: 'cancelling',
      pausing: 'cancelling',
      shutting_down: 'cancelling',
    },
  },
  claim: { by: 'worker', moves: { start_pending: 'running' } },
  yield: { by: 'worker', moves: { pausing: 'paused' } },
  halt: { by: 'worker', moves: { cancelling: 'cancelled' } },
  finish: {
    by: 'worker',
    moves: { running: 'finished', pausing: 'finished', cancelling: 'finished' },
  },
  fail: { by: 'worker', moves: { running: 'failed', pausing: 'failed', cancelling: 'failed' } },
  shut_down: { by: 'worker', moves: { running: 'shutting_down' } },
  go_on: { by: 'worker', moves: { shutting_down: 'start_pending' } },
} as const satisfies Record<string, Transition>

type Transitions = typeof TRANSITIONS
export type JobEvent = keyof Transitions
type EventBy<By> = {
  [Event in JobEvent]: Transitions[Event]['by'] extends By ? Event : never
}[JobEvent]
export type OperatorEvent = EventBy<'operator'>
export type WorkerEvent = EventBy<'worker'>

export function isEvent(text: string): text is JobEvent {
  return Object.hasOwn(TRANSITIONS, text)
}

/** The status that the event leads to from this one, or undefined if it is not allowed. */
export function targetOf(event: JobEvent, from: JobStatus): JobStatus | undefined {
  const moves: Transition['moves'] = TRANSITIONS[event].moves
  return moves[from]
}

/** The statuses in which the event is allowed. */
export function sourcesOf(event: JobEvent): JobStatus[] {
  return JOB_STATUSES.filter((from) => targetOf(event, from) !== undefined)
}
