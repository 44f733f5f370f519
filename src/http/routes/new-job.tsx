import type { Context } from 'hono'
import { firstStepPath } from '../../../views/assistant/steps.ts'
import type { Answers, Fault, FormBase, JobFormProps } from '../../../views/forms/job-form.ts'
import { EDITABLE_STATUSES, isEditable } from '../../domain/states/commands.ts'
import { ConflictError, InvalidInputError } from '../../domain/words/errors.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { templateKind, type Template } from '../../domain/templates/template.ts'
import { editSpecification } from '../../engine/jobs/edit-specification.ts'
import { createJob } from '../../engine/jobs/jobs.ts'
import { wrongStatus } from '../../engine/ground/conflict.ts'
import { templateOfTable } from '../../engine/templates/template-of-table.ts'
import { transition } from '../../engine/lifecycle/transition.ts'
import { answersOf, formFault } from '../forms/form-values.ts'
import type { AppDeps, AppEnv } from '../ground/env.ts'
import { formOf } from '../ground/form-of.ts'
import { importForm } from '../forms/import-form.tsx'
import { changesLanguage } from '../ground/ui-of.ts'
import type { Handler } from '../ground/route.ts'
import { oncePerForm } from '../forms/idempotency.ts'
import { jobOf } from '../ground/params.ts'
import { templateNamed } from '../forms/template-named.ts'
import { showRefusal } from '../responses/show-job.tsx'

/** The form by which an import is made on one page. */
export function showImportForm(deps: AppDeps): Handler {
  return async (c) => {
    const template = await templateNamed(deps, 'import', c.req.query('template'))
    const answers = template === undefined ? importForm.blank : answersAfter(template)
    return await drawForm(c, deps, { template, answers })
  }
}

export function takeImportForm(deps: AppDeps): Handler {
  return (c) => takeForm(c, deps, {})
}

/** The form of a template asks for the file. */
function answersAfter(template: Template): Answers {
  const answers = importForm.fromJob({ ...templateKind(template), label: '', file_name: '' })
  return { ...answers, file: '', template: template.key }
}

/** The same form for a job that was not started yet; an export has its steps alone. */
export function showSpecification(deps: AppDeps): Handler {
  return async (c) => {
    const job = await jobOf(deps.store.db, c)
    if (!isEditable(job.status)) return await showRefusal(c, deps, notEditable(job))
    if (job.type === 'export') return c.redirect(firstStepPath(c.get('ui'), job), 303)
    return await drawForm(c, deps, { job, answers: importForm.fromJob(job) })
  }
}

export function takeSpecification(deps: AppDeps): Handler {
  return async (c) => {
    const job = await jobOf(deps.store.db, c)
    if (!isEditable(job.status)) return await showRefusal(c, deps, notEditable(job))
    if (job.type === 'export') return c.redirect(firstStepPath(c.get('ui'), job), 303)
    return await takeForm(c, deps, { job })
  }
}

async function takeForm(c: Context<AppEnv>, deps: AppDeps, asked: FormBase): Promise<Response> {
  const form = await formOf(c)
  const answers = answersOf(form)
  const template = await templateNamed(deps, 'import', answers.template)
  const wanted = { ...asked, template }
  if (changesLanguage(c, form)) {
    const fault = form['refused'] === 'yes' ? await findFault(c, deps, wanted, answers) : undefined
    return await drawForm(c, deps, { ...wanted, answers, fault })
  }
  const ui = c.get('ui')
  try {
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
    if (error instanceof ConflictError) return await showRefusal(c, deps, error)
    if (!(error instanceof InvalidInputError)) throw error
    const fault = formFault(ui, error, false)
    return await drawForm(c, deps, { ...wanted, answers, fault })
  }
}

/** Why a form would be refused, as far as that can be told without saving it. */
async function findFault(
  c: Context<AppEnv>,
  deps: AppDeps,
  base: FormBase,
  answers: Answers,
): Promise<Fault | undefined> {
  try {
    await importForm.toJob(deps, answers, base, c.req.raw.signal)
    return undefined
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    return formFault(c.get('ui'), error, false)
  }
}

type Saving = { act: { actor: string; now: Date }; isStarted: boolean; signal: AbortSignal }

/** @returns the number of the job that was made or changed */
async function saveJob(
  deps: AppDeps,
  base: FormBase,
  answers: Answers,
  { act, isStarted, signal }: Saving,
): Promise<number> {
  const { db } = deps.store
  const { job, template } = base
  const wanted = await importForm.toJob(deps, answers, base, signal)
  if (job === undefined) {
    const status = isStarted ? 'start_pending' : 'editing'
    return (await createJob(db, { ...wanted, status, template: template?.key }, act)).id
  }
  return await db.transaction().execute(async (trx) => {
    const own = await templateOfTable(trx, job, wanted.targetTable)
    await editSpecification(trx, job.id, { ...wanted, template: own }, act)
    if (isStarted) await transition(trx, job.id, 'start', act)
    return job.id
  })
}

async function drawForm(
  c: Context<AppEnv>,
  deps: AppDeps,
  view: Omit<JobFormProps, 'ui'>,
): Promise<Response> {
  const page = await importForm.draw(deps, { ui: c.get('ui'), ...view }, c.req.raw.signal)
  return c.html(<>{page}</>, view.fault === undefined ? 200 : 422)
}

function notEditable({ id, status }: Job): ConflictError {
  return wrongStatus(id, status, 'edit', EDITABLE_STATUSES)
}
