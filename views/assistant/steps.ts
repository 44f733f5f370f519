import type { Job } from '../../src/domain/jobs/job.ts'
import type { Ui } from '../ground/ui.ts'

/** The steps of the assistant, in their order; each has an address and a form of its own. */
export const STEPS_OF_IMPORT = ['file', 'columns', 'rules', 'try'] as const
export type AssistantStep = (typeof STEPS_OF_IMPORT)[number]

export function stepPath({ base }: Ui, job: Pick<Job, 'id'>, step: AssistantStep): string {
  return `${base}/jobs/${job.id}/edit/${step}`
}

export function stepAfter(step: AssistantStep): AssistantStep | undefined {
  return STEPS_OF_IMPORT[STEPS_OF_IMPORT.indexOf(step) + 1]
}

export function stepBefore(step: AssistantStep): AssistantStep | undefined {
  return STEPS_OF_IMPORT[STEPS_OF_IMPORT.indexOf(step) - 1]
}

/** What the button that sends a step asks for. */
export const STEP_ACTS = [
  'next',
  'back',
  'again',
  'save',
  'template',
  'start',
  'later',
  'try',
  'try_all',
] as const
export type StepAct = (typeof STEP_ACTS)[number]
