import type { Job } from '../../src/domain/jobs/job.ts'
import type { JobType } from '../../src/domain/states/status.ts'
import type { Ui } from '../ground/ui.ts'

/** The steps of the assistants, in their order; each has an address and a form of its own. */
export const STEPS_OF_IMPORT = ['file', 'columns', 'rules', 'try'] as const
export const STEPS_OF_EXPORT = ['table', 'rows', 'output', 'start'] as const
export type StepOfImport = (typeof STEPS_OF_IMPORT)[number]
export type StepOfExport = (typeof STEPS_OF_EXPORT)[number]
export type AssistantStep = StepOfImport | StepOfExport

const STEPS: Record<JobType, readonly AssistantStep[]> = {
  import: STEPS_OF_IMPORT,
  export: STEPS_OF_EXPORT,
}

export function typeOfStep(step: AssistantStep): JobType {
  return STEPS.import.includes(step) ? 'import' : 'export'
}

/** The steps of the same assistant. */
export function stepsWith(step: AssistantStep): readonly AssistantStep[] {
  return STEPS[typeOfStep(step)]
}

export function stepPath({ base }: Ui, job: Pick<Job, 'id'>, step: AssistantStep): string {
  return `${base}/jobs/${job.id}/edit/${step}`
}

/** Where a job that is being edited is taken up again. */
export function firstStepPath(ui: Ui, job: Pick<Job, 'id' | 'type'>): string {
  return stepPath(ui, job, job.type === 'import' ? 'file' : 'table')
}

export function stepAfter(step: AssistantStep): AssistantStep | undefined {
  const steps = stepsWith(step)
  return steps[steps.indexOf(step) + 1]
}

export function stepBefore(step: AssistantStep): AssistantStep | undefined {
  const steps = stepsWith(step)
  return steps[steps.indexOf(step) - 1]
}

/** What the button that sends a step asks for; `fit` draws its inputs anew, and saves nothing. */
export const STEP_ACTS = [
  'fit',
  'next',
  'back',
  'again',
  'save',
  'template',
  'start',
  'later',
  'try',
  'try_all',
  'preview',
] as const
export type StepAct = (typeof STEP_ACTS)[number]
