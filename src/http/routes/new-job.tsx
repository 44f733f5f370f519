import type { Context } from 'hono'
import type { Answers, Fault, FormBase, JobFormProps } from '../../../views/forms/job-form.ts'
import { EDITABLE_STATUSES, isEditable } from '../../domain/states/commands.ts'
import { ConflictError, InvalidInputError } from '../../domain/words/errors.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { templateKind, type Template } from '../../domain/templates/template.ts'
import type { JobType } from '../../domain/states/status.ts'
import { editSpecification } from '../../engine/jobs/edit-specification.ts'
import { createJob } from '../../engine/jobs/jobs.ts'
import { lastDifferential } from '../../engine/jobs/last-differential.ts'
import { wrongStatus } from '../../engine/ground/conflict.ts'
import { transition } from '../../engine/lifecycle/transition.ts'
import { previewExport } from '../../pipeline/export/preview-export.ts'
import { answersOf, formFault } from '../forms/form-values.ts'
import type { AppDeps, AppEnv } from '../ground/env.ts'
import { formOf } from '../ground/form-of.ts'
import { exportForm } from '../forms/export-form.tsx'
import { importForm } from '../forms/import-form.tsx'
import { changesLanguage } from '../ground/ui-of.ts'
import type { Handler } from '../ground/route.ts'
import type { JobForm } from '../forms/job-form.ts'
import { oncePerForm } from '../forms/idempotency.ts'
import { jobOf } from '../ground/params.ts'
import { templateNamed } from '../forms/template-named.ts'
import { showRefusal } from '../responses/show-job.tsx'

const FORMS: Record<JobType, JobForm> = { import: importForm, export: exportForm }

/** The form by which a job of a type is made. */
export const showJobForm =
  (type: JobType) =>
  (deps: AppDeps): Handler =>
  async (c) => {
    const template = await templateNamed(deps, type, c.req.query('template'))
    const answers = template === undefined ? FORMS[type].blank : answersAfter(template)
    return await drawForm(c, deps, { type, template, answers })
  }

export const takeJobForm =
  (type: JobType) =>
  (deps: AppDeps): Handler =>
  (c) =>
    takeForm(c, deps, { type })

/** The form of a template asks for the file. */
function answersAfter(template: Template): Answers {
  const kind = templateKind(template)
  const answers = FORMS[kind.type].fromJob({ ...kind, label: '', file_name: '' })
  return { ...answers, file: '', template: template.key }
}

/** The same form for a job that was not started yet. */
export function showSpecification(deps: AppDeps): Handler {
  return async (c) => {
    const job = await jobOf(deps.store.db, c)
    if (!isEditable(job.status)) return await showRefusal(c, deps, notEditable(job))
    return await drawForm(c, deps, { type: job.type, job, answers: FORMS[job.type].fromJob(job) })
  }
}

export function takeSpecification(deps: AppDeps): Handler {
  return async (c) => {
    const job = await jobOf(deps.store.db, c)
    if (!isEditable(job.status)) return await showRefusal(c, deps, notEditable(job))
    return await takeForm(c, deps, { type: job.type, job })
  }
}

type FormOfJob = FormBase & { type: JobType }

async function takeForm(c: Context<AppEnv>, deps: AppDeps, asked: FormOfJob): Promise<Response> {
  const form = await formOf(c)
  const answers = answersOf(form)
  const template = await templateNamed(deps, asked.type, answers.template)
  const wanted = { ...asked, template }
  if (changesLanguage(c, form)) {
    const fault = form['refused'] === 'yes' ? await findFault(c, deps, wanted, answers) : undefined
    return await drawForm(c, deps, { ...wanted, answers, fault })
  }
  const ui = c.get('ui')
  try {
    if (form['act'] === 'preview') {
      return await drawForm(c, deps, {
        ...wanted,
        answers,
        preview: await previewOf(c, deps, wanted, answers),
      })
    }
    const made = await oncePerForm(deps, form, c.req.path, async () => {
      const id = await saveJob(deps, wanted, answers, {
        act: { actor: ui.operator, now: deps.now() },
        isStarted: form['act'] === 'start',
        signal: c.req.raw.signal,
      })
      return `${ui.base}/jobs/${id}${form['act'] === 'template' ? '/template' : ''}`
    })
    return c.redirect(made, 303)
  } catch (error) {
    const isRefused = error instanceof ConflictError
    if (isRefused && !isOfFile(error)) return await showRefusal(c, deps, error)
    if (!(isRefused || error instanceof InvalidInputError)) throw error
    const fault = formFault(ui, error, wanted.type === 'export')
    return await drawForm(c, deps, { ...wanted, answers, fault })
  }
}

/** What an export would write; nothing is saved. @throws InvalidInputError */
async function previewOf(
  c: Context<AppEnv>,
  { store, ...deps }: AppDeps,
  { type, ...base }: FormOfJob,
  answers: Answers,
): Promise<JobFormProps['preview']> {
  const made = await FORMS[type].toJob({ store, ...deps }, answers, base, c.req.raw.signal)
  if (made.type !== 'export') return undefined
  const { specification } = made
  const key = base.job?.template ?? base.template?.key ?? null
  const last = await lastDifferential(store.db, { specification, template: key })
  return await previewExport(store, specification, last?.mark ?? null)
}

/** Why a form would be refused, as far as that can be told without saving it. */
async function findFault(
  c: Context<AppEnv>,
  deps: AppDeps,
  { type, ...base }: FormOfJob,
  answers: Answers,
): Promise<Fault | undefined> {
  try {
    await FORMS[type].toJob(deps, answers, base, c.req.raw.signal)
    return undefined
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    return formFault(c.get('ui'), error, type === 'export')
  }
}

type Saving = { act: { actor: string; now: Date }; isStarted: boolean; signal: AbortSignal }

/** @returns the number of the job that was made or changed */
async function saveJob(
  deps: AppDeps,
  { type, ...base }: FormOfJob,
  answers: Answers,
  { act, isStarted, signal }: Saving,
): Promise<number> {
  const { db } = deps.store
  const { job, template } = base
  const wanted = await FORMS[type].toJob(deps, answers, base, signal)
  if (job === undefined) {
    const status = isStarted ? 'start_pending' : 'editing'
    return (await createJob(db, { ...wanted, status, template: template?.key }, act)).id
  }
  return await db.transaction().execute(async (trx) => {
    await editSpecification(trx, job.id, wanted, act)
    if (isStarted) await transition(trx, job.id, 'start', act)
    return job.id
  })
}

async function drawForm(
  c: Context<AppEnv>,
  deps: AppDeps,
  { type, ...view }: FormOfJob & Omit<JobFormProps, 'ui'>,
): Promise<Response> {
  const page = await FORMS[type].draw(deps, { ui: c.get('ui'), ...view }, c.req.raw.signal)
  return c.html(<>{page}</>, view.fault === undefined ? 200 : 422)
}

/** Another file name mends it. */
function isOfFile({ problem }: ConflictError): boolean {
  return 'problem' in problem && problem.problem === 'file_taken'
}

function notEditable({ id, status }: Job): ConflictError {
  return wrongStatus(id, status, 'edit', EDITABLE_STATUSES)
}
