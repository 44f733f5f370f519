import type { Failure } from '../../domain/words/failures.ts'
import type { MessageParams } from '../../domain/words/messages.ts'
import type { JobEvent, OperatorEvent, WorkerEvent } from '../../domain/states/transitions.ts'

type ActOptions = {
  /** An operator's name, a worker's, or `rescuer`. */
  actor: string
  now: Date
  /** Further parameters of the journal entry. */
  params?: MessageParams | undefined
}

/** Options of a worker's events. */
type Report = ActOptions & {
  /** For `claim` the new claim; otherwise the claim that the job must have (default: none). */
  claim?: string | null | undefined
  /** When the run stopped, where its worker died before `now`. */
  ranUntil?: Date | undefined
  /** From the worker: total milliseconds that the job has run, by a monotonic clock. */
  ranMs?: number | undefined
}

/** Options of Start. */
type Starting = ActOptions & {
  /** The time before which no worker takes the job; default: at once. */
  startAt?: Date | undefined
  /** For `start`; the job keeps the one that it has where none is given. */
  priority?: number | undefined
}

type Options = Record<OperatorEvent, ActOptions> & { start: Starting } & Record<
    WorkerEvent,
    Report
  > & {
    fail: Report & { failure: Failure }
  }

/** The options that an event requires; a union of events requires those of each. */
export type OptionsOf<Event extends JobEvent> = {
  [Each in Event]: (options: Options[Each]) => void
}[Event] extends (options: infer All) => void
  ? All
  : never

/** The options of any event. */
export type AnyOptions = Report & Starting & { failure?: Failure | undefined }
