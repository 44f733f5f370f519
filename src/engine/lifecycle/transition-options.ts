import type { Failure, MessageParams } from '../../domain/words/messages.ts'
import type { JobEvent, OperatorEvent, WorkerEvent } from '../../domain/states/transitions.ts'

type Act = {
  /** An operator's name, a worker's, or `rescuer`. */
  actor: string
  now: Date
  /** For the journal entry. */
  params?: MessageParams | undefined
}

/** Of a job that a worker holds. */
type Report = Act & {
  /** For `claim` the new one; else the one that the job must have, or none where it is left out. */
  claim?: string | null | undefined
  /** When the run stopped, where that was before `now`: its worker died. */
  ranUntil?: Date | undefined
  /** For who ran it: how long in all, by a clock that nobody sets. */
  ranMs?: number | undefined
}

type Options = Record<OperatorEvent, Act> &
  Record<WorkerEvent, Report> & {
    fail: Report & { failure: Failure }
  }

/** What an event asks for; one of several asks for what each of them does. */
export type OptionsOf<Event extends JobEvent> = {
  [Each in Event]: (options: Options[Each]) => void
}[Event] extends (options: infer All) => void
  ? All
  : never

/** Of an event that is not known here. */
export type AnyOptions = Report & { failure?: Failure | undefined }
