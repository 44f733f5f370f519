import { createHash } from 'node:crypto'
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

/** What the columns of a file and the rules say: all else is what they are about. */
const SAID_LATER =
  'map leaveOut sensitiveColumns types fields key secondKey operation doubles duplicates filter firstRecord lastRecord stopIfAllRejected maxRejects trace'.split(
    ' ',
  )

/**
 * A fingerprint of what the form of a step is about and does not say itself: the file and the table
 * of columns, the table of an export's columns, all of a job that is to start. Undefined for a form
 * that says all that it is about.
 */
export function basisOf(step: AssistantStep, { specification }: Job): string | undefined {
  if (step === 'rows') return fingerprint(specification.table)
  if (step === 'try' || step === 'start') return fingerprint(specification)
  if (step !== 'columns') return undefined
  const parts = Object.entries(specification).filter(([name]) => !SAID_LATER.includes(name))
  return fingerprint(Object.fromEntries(parts))
}

function fingerprint(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 12)
}
