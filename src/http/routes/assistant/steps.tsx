import type { Context } from 'hono'
import {
  stepAfter,
  stepBefore,
  stepPath,
  STEP_ACTS,
  type AssistantStep,
  type StepAct,
} from '../../../../views/assistant/steps.ts'
import { TRIED_RECORDS } from '../../../../views/assistant/trial.tsx'
import { EDITABLE_STATUSES, isEditable } from '../../../domain/states/commands.ts'
import { ConflictError, InvalidInputError, NotFoundError } from '../../../domain/words/errors.ts'
import { wrongStatus } from '../../../engine/ground/conflict.ts'
import { editSpecification } from '../../../engine/jobs/edit-specification.ts'
import { tryOut } from '../../../engine/lifecycle/try-out.ts'
import { importJob } from '../../../engine/jobs/new-job.ts'
import { transition } from '../../../engine/lifecycle/transition.ts'
import { columnsStep } from '../../assistant/columns-step.tsx'
import { fileStep } from '../../assistant/file-step.tsx'
import { rulesStep } from '../../assistant/rules-step.tsx'
import type { ImportJob, Saved, Step, StepFault, Typed } from '../../assistant/step.ts'
import { tryStep } from '../../assistant/try-step.tsx'
import { oncePerForm } from '../../forms/idempotency.ts'
import type { AppDeps, AppEnv } from '../../ground/env.ts'
import { formOf } from '../../ground/form-of.ts'
import { jobOf, oneOf } from '../../ground/params.ts'
import type { Handler } from '../../ground/route.ts'
import { changesLanguage } from '../../ground/ui-of.ts'
import { instantAt } from '../../responses/start-of-day.ts'
import { showRefusal } from '../../responses/show-job.tsx'

const STEPS: Record<AssistantStep, Step> = {
  file: fileStep,
  columns: columnsStep,
  rules: rulesStep,
  try: tryStep,
}

/** The page of a step. */
export const showStep =
  (step: AssistantStep) =>
  (deps: AppDeps): Handler =>
  async (c) => {
    const job = await importOf(c, deps)
    if (!isEditable(job.status)) return await showRefusal(c, deps, notEditable(job))
    return await drawStep(c, deps, { step, job })
  }

/** Saves a step, and leads to where its button says. */
export const takeStep =
  (step: AssistantStep) =>
  (deps: AppDeps): Handler =>
  async (c) => {
    const job = await importOf(c, deps)
    if (!isEditable(job.status)) return await showRefusal(c, deps, notEditable(job))
    const form = await formOf(c)
    const ui = c.get('ui')
    const isSwitched = changesLanguage(c, form)
    // Without JavaScript the switch sends nothing of the step.
    if (isSwitched && form['step'] !== step) return c.redirect(stepPath(ui, job, step), 303)
    const typed = textsOf(form)
    const act = isSwitched ? 'again' : (oneOf(STEP_ACTS, typed['act']) ?? 'next')
    try {
      const path = await oncePerForm(deps, form, c.req.path, async () => {
        const saved = await STEPS[step].save(deps, job, typed, c.req.raw.signal)
        const now = await saveStep(deps, job, saved, ui.operator)
        if (saved.stays === true || !LEADS_ON.includes(act)) {
          return pathAfter(c, job, step, saved.stays === true ? 'again' : act)
        }
        const startAt = act === 'later' ? laterThanNow(deps, typed['startAt']) : undefined
        await STEPS[step].check?.(deps, now, typed, c.req.raw.signal)
        await carryOut(deps, job.id, act, { actor: ui.operator, startAt })
        return pathAfter(c, job, step, act)
      })
      return c.redirect(path, 303)
    } catch (error) {
      if (error instanceof ConflictError) return await showRefusal(c, deps, error)
      if (!(error instanceof InvalidInputError)) throw error
      return await drawStep(c, deps, { step, job: await importOf(c, deps), typed, fault: error })
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

async function carryOut(
  { store: { db }, now }: AppDeps,
  id: number,
  act: StepAct,
  { actor, startAt }: { actor: string; startAt: Date | undefined },
): Promise<void> {
  const by = { actor, now: now() }
  if (act === 'start' || act === 'later') await transition(db, id, 'start', { ...by, startAt })
  if (act === 'try') await tryOut(db, id, { ...by, records: TRIED_RECORDS })
  if (act === 'try_all') await tryOut(db, id, { ...by, records: undefined })
}

type Drawn = { step: AssistantStep; job: ImportJob; typed?: Typed; fault?: StepFault }

async function drawStep(
  c: Context<AppEnv>,
  deps: AppDeps,
  { step, ...view }: Drawn,
): Promise<Response> {
  const query = c.req.query()
  const page = await STEPS[step].draw(deps, { ...view, ui: c.get('ui'), query }, c.req.raw.signal)
  return c.html(<>{page}</>, view.fault === undefined ? 200 : 422)
}

/** Saves what a step changed; a job that is named after its file and table is renamed with them. */
async function saveStep(
  { store: { db }, now }: AppDeps,
  job: ImportJob,
  { specification, fileName, label }: Saved,
  actor: string,
): Promise<ImportJob> {
  const isUsual = job.label === importJob(job.specification, { fileName: job.file_name }).label
  const named = label ?? (isUsual ? undefined : job.label)
  const changed = importJob(specification, { fileName, label: named })
  if (!isOther(job, changed)) return job
  const saved = await editSpecification(db, job.id, changed, { actor, now: now() })
  return saved.type === 'import' ? saved : job
}

function isOther(job: ImportJob, changed: ReturnType<typeof importJob>): boolean {
  return (
    job.label !== changed.label ||
    job.file_name !== changed.fileName ||
    JSON.stringify(job.specification) !== JSON.stringify(changed.specification)
  )
}

function pathAfter(c: Context<AppEnv>, job: ImportJob, step: AssistantStep, act: StepAct): string {
  const ui = c.get('ui')
  const to: Partial<Record<StepAct, AssistantStep | undefined>> = {
    next: stepAfter(step),
    back: stepBefore(step),
    again: step,
    try: step,
    try_all: step,
  }
  const target = to[act]
  if (target !== undefined) return stepPath(ui, job, target)
  return act === 'template' ? `${ui.base}/jobs/${job.id}/template` : `${ui.base}/jobs/${job.id}`
}

function textsOf(form: Record<string, unknown>): Typed {
  const texts = Object.entries(form).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  )
  return Object.fromEntries(texts)
}

/** @throws NotFoundError */
async function importOf(c: Context<AppEnv>, { store }: AppDeps): Promise<ImportJob> {
  const job = await jobOf(store.db, c)
  if (job.type !== 'import') throw new NotFoundError({ problem: 'no_page' })
  return job
}

function notEditable({ id, status }: ImportJob): ConflictError {
  return wrongStatus(id, status, 'edit', EDITABLE_STATUSES)
}
