import type { Context } from 'hono'
import {
  basisOf,
  stepAfter,
  stepBefore,
  stepPath,
  STEP_ACTS,
  type AssistantStep,
  type StepAct,
} from '../../../../views/assistant/steps.ts'
import type { Job } from '../../../domain/jobs/job.ts'
import { EDITABLE_STATUSES, isEditable } from '../../../domain/states/commands.ts'
import { ConflictError, InvalidInputError } from '../../../domain/words/errors.ts'
import { wrongStatus } from '../../../engine/ground/conflict.ts'
import { editSpecification } from '../../../engine/jobs/edit-specification.ts'
import { tryOut } from '../../../engine/lifecycle/try-out.ts'
import type { NewJob } from '../../../engine/jobs/new-job.ts'
import { templateOfTable } from '../../../engine/templates/template-of-table.ts'
import { transition } from '../../../engine/lifecycle/transition.ts'
import type { StepFault, Typed } from '../../assistant/step.ts'
import { boundStep } from '../../assistant/steps/bound-step.ts'
import { pathOfOpenStep, whatIsOpen } from '../../assistant/steps/open-step.ts'
import { textsOf } from '../../forms/form-values.ts'
import { oncePerForm } from '../../forms/idempotency.ts'
import type { AppDeps, AppEnv } from '../../ground/env.ts'
import { formOf } from '../../ground/form-of.ts'
import { jobOf, oneOf } from '../../ground/params.ts'
import type { Handler } from '../../ground/route.ts'
import { changesLanguage } from '../../ground/ui-of.ts'
import { instantAt } from '../../responses/start-of-day.ts'
import { showRefusal } from '../../responses/show-job.tsx'

/** The page of a step; `open=yes` says what is to be decided there. */
export const showStep =
  (step: AssistantStep) =>
  (deps: AppDeps): Handler =>
  async (c) => {
    const job = await jobOf(deps.store.db, c)
    if (!isEditable(job.status)) return await showRefusal(c, deps, notEditable(job))
    const isOpen = c.req.query('open') === 'yes'
    const open = isOpen ? await whatIsOpen(deps, job, step, c.req.raw.signal) : undefined
    return await drawStep(c, deps, { step, job, open })
  }

/** Saves a step, and leads to where its button says. */
export const takeStep =
  (step: AssistantStep) =>
  (deps: AppDeps): Handler =>
  async (c) => {
    const job = await jobOf(deps.store.db, c)
    if (!isEditable(job.status)) return await showRefusal(c, deps, notEditable(job))
    const form = await formOf(c)
    const ui = c.get('ui')
    const isSwitched = changesLanguage(c, form)
    // Without JavaScript the switch sends nothing of the step.
    if (isSwitched && form['step'] !== step) return c.redirect(stepPath(ui, job, step), 303)
    const typed = textsOf(form)
    const asked = oneOf(STEP_ACTS, typed['act'] ?? c.req.query('act'))
    const act = isSwitched ? 'again' : (asked ?? 'next')
    if (typed['basis'] !== undefined && typed['basis'] !== basisOf(step, job)) {
      return await drawStep(c, deps, { step, job, fault: { problem: { problem: 'job_changed' } } })
    }
    if (act === 'fit') return await drawStep(c, deps, { step, job, typed })
    let isSaved = false
    try {
      const path = await oncePerForm(deps, form, c.req.path, async () => {
        const { made, stays } = await boundStep(job, step).save(deps, typed, c.req.raw.signal)
        const now = await saveStep(deps, job, made, ui.operator)
        isSaved = true
        if (stays || !LEADS_ON.includes(act)) {
          const path = pathAfter(c, job, step, stays ? 'again' : act)
          return stays && act === 'next' && step === 'columns' ? `${path}?guessed=yes` : path
        }
        const startAt = act === 'later' ? laterThanNow(deps, typed['startAt']) : undefined
        const records = act === 'try' ? recordsIn(typed['records']) : undefined
        const open = await pathOfOpenStep(deps, { ui, job: now, step }, c.req.raw.signal)
        if (open !== undefined) return open
        await boundStep(now, step).check(deps, typed, c.req.raw.signal)
        await carryOut(deps, job.id, act, { actor: ui.operator, startAt, records })
        return pathAfter(c, job, step, act)
      })
      return c.redirect(path, 303)
    } catch (error) {
      const isRefused = error instanceof ConflictError
      if (isRefused && !isOfFile(error)) return await showRefusal(c, deps, error)
      if (!(isRefused || error instanceof InvalidInputError)) throw error
      const now = await jobOf(deps.store.db, c)
      return await drawStep(c, deps, { step, job: now, typed, fault: error, isSaved })
    }
  }

/** Only a job that can run goes on. */
const LEADS_ON: StepAct[] = ['next', 'start', 'later', 'try', 'try_all']

/** @throws InvalidInputError for no time, or one that is over */
function laterThanNow({ settings, now }: AppDeps, text: string | undefined): Date {
  const at = instantAt(text ?? '', settings.timeZone)
  if (at !== undefined && at > now()) return at
  throw new InvalidInputError({ problem: 'no_start_time' }, { at: ['startAt'] })
}

/** @throws InvalidInputError for what is no number of records to try */
function recordsIn(text = ''): number {
  const records = Number(text.trim())
  if (/^\d{1,15}$/.test(text.trim()) && records > 0) return records
  throw new InvalidInputError({ problem: 'no_amount' }, { at: ['records'] })
}

type Acting = { actor: string; startAt: Date | undefined; records: number | undefined }

async function carryOut(
  { store: { db }, now }: AppDeps,
  id: number,
  act: StepAct,
  { actor, startAt, records }: Acting,
): Promise<void> {
  const by = { actor, now: now() }
  if (act === 'start' || act === 'later') await transition(db, id, 'start', { ...by, startAt })
  if (act === 'try' || act === 'try_all') await tryOut(db, id, { ...by, records })
}

type Drawn = {
  step: AssistantStep
  job: Job
  typed?: Typed
  fault?: StepFault
  isSaved?: boolean
  /** What is to be decided here before any step behind it. */
  open?: StepFault | undefined
}

async function drawStep(
  c: Context<AppEnv>,
  deps: AppDeps,
  { step, job, open, ...view }: Drawn,
): Promise<Response> {
  const shown = { fault: open, ...view, ui: c.get('ui'), query: c.req.query() }
  const page = await boundStep(job, step).draw(deps, shown, c.req.raw.signal)
  return c.html(<>{page}</>, view.fault === undefined ? 200 : 422)
}

/** Saves what a step changed, if anything. */
async function saveStep(
  { store: { db }, now }: AppDeps,
  job: Job,
  made: NewJob,
  actor: string,
): Promise<Job> {
  const isSame =
    job.label === made.label &&
    job.file_name === made.fileName &&
    JSON.stringify(job.specification) === JSON.stringify(made.specification)
  if (isSame) return job
  const template = await templateOfTable(db, job, made.targetTable)
  return await editSpecification(db, job.id, { ...made, template }, { actor, now: now() })
}

function pathAfter(c: Context<AppEnv>, job: Job, step: AssistantStep, act: StepAct): string {
  const ui = c.get('ui')
  const to: Partial<Record<StepAct, AssistantStep | undefined>> = {
    next: stepAfter(step),
    back: stepBefore(step),
    again: step,
    try: step,
    try_all: step,
    preview: step,
  }
  const target = to[act]
  if (target !== undefined) {
    return `${stepPath(ui, job, target)}${act === 'preview' ? '?preview=yes#preview' : ''}`
  }
  return act === 'template' ? `${ui.base}/jobs/${job.id}/template` : `${ui.base}/jobs/${job.id}`
}

/** Another file name mends it. */
function isOfFile({ problem }: ConflictError): boolean {
  return 'problem' in problem && problem.problem === 'file_taken'
}

function notEditable({ id, status }: Job): ConflictError {
  return wrongStatus(id, status, 'edit', EDITABLE_STATUSES)
}
