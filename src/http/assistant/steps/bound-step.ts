import type { Child } from 'hono/jsx'
import {
  STEPS_OF_EXPORT,
  STEPS_OF_IMPORT,
  type AssistantStep,
  type StepOfExport,
  type StepOfImport,
} from '../../../../views/assistant/steps.ts'
import type { ExportJob, Job } from '../../../domain/jobs/job.ts'
import { NotFoundError } from '../../../domain/words/errors.ts'
import { exportJob, givenLabel, importJob, type NewJob } from '../../../engine/jobs/new-job.ts'
import { columnsStep } from '../columns-step.tsx'
import { outputStep } from '../export/output-step.tsx'
import { rowsStep } from '../export/rows-step.tsx'
import { startStep } from '../export/start-step.tsx'
import { tableStep } from '../export/table-step.tsx'
import { fileStep } from '../file-step.tsx'
import { rulesStep } from '../rules-step.tsx'
import type { ImportJob, Step, StepView, Typed } from '../step.ts'
import { tryStep } from '../try-step.tsx'
import type { AppDeps } from '../../ground/env.ts'
import { oneOf } from '../../ground/params.ts'

const IMPORT_STEPS: Record<StepOfImport, Step<ImportJob>> = {
  file: fileStep,
  columns: columnsStep,
  rules: rulesStep,
  try: tryStep,
}

const EXPORT_STEPS: Record<StepOfExport, Step<ExportJob>> = {
  table: tableStep,
  rows: rowsStep,
  output: outputStep,
  start: startStep,
}

/** A step of a job, whatever its type. */
type BoundStep = {
  draw(deps: AppDeps, view: Omit<StepView, 'job'>, signal: AbortSignal): Promise<Child>
  /** The job as its form has it; `stays` as in `Step`. */
  save(deps: AppDeps, typed: Typed, signal: AbortSignal): Promise<{ made: NewJob; stays: boolean }>
  check(deps: Pick<AppDeps, 'store'>, typed: Typed, signal: AbortSignal): Promise<void>
}

/** @throws NotFoundError for a step of the other assistant */
export function boundStep(job: Job, name: AssistantStep): BoundStep {
  if (job.type === 'import') {
    const step = oneOf(STEPS_OF_IMPORT, name)
    if (step !== undefined) return bind(IMPORT_STEPS[step], job, importJob)
  } else {
    const step = oneOf(STEPS_OF_EXPORT, name)
    if (step !== undefined) return bind(EXPORT_STEPS[step], job, exportJob)
  }
  throw new NotFoundError({ problem: 'no_page' })
}

type Make<Kind extends Job> = (
  specification: Kind['specification'],
  names: { label?: string | undefined; fileName: string },
) => NewJob

function bind<Kind extends Job>(step: Step<Kind>, job: Kind, make: Make<Kind>): BoundStep {
  return {
    draw: (deps, view, signal) => step.draw(deps, { ...view, job }, signal),
    async save(deps, typed, signal) {
      const saved = await step.save(deps, job, typed, signal)
      const { specification, fileName, label, stays = false } = saved
      // A job that is named after its file and table is renamed with them.
      const named = label ?? givenLabel(job)
      return { made: make(specification, { fileName, label: named }), stays }
    },
    async check(deps, typed, signal) {
      await step.check?.(deps, job, typed, signal)
    },
  }
}
