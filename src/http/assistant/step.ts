import type { Child } from 'hono/jsx'
import type { Ui } from '../../../views/ground/ui.ts'
import type { Job } from '../../domain/jobs/job.ts'
import type { RefusedPart } from '../../domain/words/errors.ts'
import type { AppDeps } from '../ground/env.ts'

export type ImportJob = Extract<Job, { type: 'import' }>

/** The texts and checkboxes of a step as they were sent. */
export type Typed = Readonly<Record<string, string>>

/** What a step makes of a job. */
type Saved<Kind extends Job> = {
  specification: Kind['specification']
  fileName: string
  label?: string | undefined
  /** Whether the same step is to be looked at again, as after another table was chosen. */
  stays?: boolean | undefined
}

/** Why a step was refused: the problem, and the part of the specification that has it. */
export type StepFault = RefusedPart & { faults?: readonly RefusedPart[] }

/** All that is wrong with a step. */
export function faultsOfStep(fault: StepFault | undefined): readonly RefusedPart[] {
  return fault === undefined ? [] : (fault.faults ?? [fault])
}

export type StepView<Kind extends Job = Job> = {
  ui: Ui
  job: Kind
  /** What was sent, where it was refused; else the step shows what the job has. */
  typed?: Typed | undefined
  fault?: StepFault | undefined
  /** Whether it was saved before it was refused, so that the job has what was sent. */
  isSaved?: boolean
  query: Record<string, string>
}

/** A step of the assistant: its page, and what its form changes. */
export type Step<Kind extends Job> = {
  draw(deps: AppDeps, view: StepView<Kind>, signal: AbortSignal): Promise<Child>
  /**
   * What the form makes of the job, which need not be able to run yet.
   * @throws InvalidInputError
   */
  save(deps: AppDeps, job: Kind, typed: Typed, signal: AbortSignal): Promise<Saved<Kind>>
  /**
   * Called for Next and Start, after the form is saved.
   * @throws InvalidInputError for a job that could only fail
   */
  check?(deps: Pick<AppDeps, 'store'>, job: Kind, typed: Typed, signal: AbortSignal): Promise<void>
}
