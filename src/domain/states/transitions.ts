import { JOB_STATUSES, type JobStatus } from './status.ts'

export type Transition = {
  /** Who causes the event: operators may do it at any time, a worker only with its claim. */
  by: 'operator' | 'worker'
  /** From where to where. A status that is not listed refuses the event. */
  moves: Partial<Record<JobStatus, JobStatus>>
}

/** Every legal move of a job, named by the event that causes it. What is not listed cannot happen. */
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

/** Where the event takes a job that is in this status, or undefined where it can't happen. */
export function targetOf(event: JobEvent, from: JobStatus): JobStatus | undefined {
  const moves: Transition['moves'] = TRANSITIONS[event].moves
  return moves[from]
}

/** The statuses from which the event leads anywhere. */
export function sourcesOf(event: JobEvent): JobStatus[] {
  return JOB_STATUSES.filter((from) => targetOf(event, from) !== undefined)
}
