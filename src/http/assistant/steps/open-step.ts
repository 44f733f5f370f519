import { stepPath, stepsWith, type AssistantStep } from '../../../../views/assistant/steps.ts'
import type { Ui } from '../../../../views/ground/ui.ts'
import type { Job } from '../../../domain/jobs/job.ts'
import { tableOf, type Template } from '../../../domain/templates/template.ts'
import { isEditable } from '../../../domain/states/commands.ts'
import { InvalidInputError } from '../../../domain/words/errors.ts'
import { FAILURES } from '../../../domain/words/failures.ts'
import type { Problem } from '../../../domain/words/problems.ts'
import type { AppDeps } from '../../ground/env.ts'
import { isBetterRead } from './better-read.ts'
import { boundStep } from './bound-step.ts'

/** What is left of a new job, and what is left where a template says all but the file. */
const FIRST = { import: 'file', export: 'rows' } as const
const LAST = { import: 'try', export: 'output' } as const

/** Where a new job is looked at first. */
export async function pathOfNewJob(
  deps: AppDeps,
  { ui, job, template }: { ui: Ui; job: Job; template: Template | undefined },
  signal: AbortSignal,
): Promise<string> {
  // A job of another table than that of the template is none of its jobs.
  const isWhole = template?.key === job.template && template && tableOf(template) !== undefined
  if (!isWhole) return stepPath(ui, job, FIRST[job.type])
  const step = LAST[job.type]
  const open = await pathOfOpenStep(deps, { ui, job, step }, signal)
  if (open !== undefined) return open
  const isUnlike = job.type === 'import' && (await isBetterRead(deps, job, signal))
  return stepPath(ui, job, isUnlike ? 'columns' : step)
}

/** A step that has something to decide, and what. */
export type OpenStep = { step: AssistantStep; why: InvalidInputError }

/**
 * The page of the first step before `step` that has something to decide, which says what; undefined
 * where none has.
 */
export async function pathOfOpenStep(
  deps: Pick<AppDeps, 'store'>,
  { ui, job, step }: { ui: Ui; job: Job; step: AssistantStep },
  signal: AbortSignal,
): Promise<string | undefined> {
  const open = await openStepBefore(deps, job, step, signal)
  return open && openPath(ui, job, open)
}

export function openPath(ui: Ui, job: Pick<Job, 'id'>, { step }: OpenStep): string {
  return `${stepPath(ui, job, step)}?open=yes`
}

/**
 * What keeps a job that is still edited from starting, however it is asked to. A file or folder that
 * this machine does not reach may be there for the workers: a run says if it is not.
 */
export async function openBeforeStart(
  deps: Pick<AppDeps, 'store'>,
  job: Job,
  signal: AbortSignal,
): Promise<OpenStep | undefined> {
  if (!isEditable(job.status)) return undefined
  const step = job.type === 'import' ? 'try' : 'start'
  const open = await openStepBefore(deps, job, step, signal)
  return open !== undefined && isOutOfReach(open.why.problem) ? undefined : open
}

function isOutOfReach(problem: Problem): boolean {
  if ('code' in problem) return problem.code === FAILURES.source_missing
  return problem.problem === 'no_file' || problem.problem === 'no_folder'
}

async function openStepBefore(
  deps: Pick<AppDeps, 'store'>,
  job: Job,
  wanted: AssistantStep,
  signal: AbortSignal,
): Promise<OpenStep | undefined> {
  const steps = stepsWith(wanted)
  for (const step of steps.slice(0, steps.indexOf(wanted))) {
    const why = await whatIsOpen(deps, job, step, signal)
    if (why !== undefined) return { step, why }
  }
  return undefined
}

/** What keeps a job from going beyond a step as it is. */
export async function whatIsOpen(
  deps: Pick<AppDeps, 'store'>,
  job: Job,
  step: AssistantStep,
  signal: AbortSignal,
): Promise<InvalidInputError | undefined> {
  try {
    await boundStep(job, step).check(deps, {}, signal)
    return undefined
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    return error
  }
}
