import type { Context } from 'hono'
import type { Answers } from '../../../../views/forms/job-form.ts'
import { InvalidInputError } from '../../../domain/words/errors.ts'
import { createJob } from '../../../engine/jobs/jobs.ts'
import { BLANK, drawFileStep } from '../../assistant/file-step.tsx'
import { jobOfFiles } from '../../assistant/first-job.ts'
import { pathOfNewJob } from '../../assistant/steps/open-step.ts'
import { filesOf } from '../../forms/chosen-files.ts'
import { templateNamed } from '../../forms/template-named.ts'
import { answersOf, formFault } from '../../forms/form-values.ts'
import { oncePerForm } from '../../forms/idempotency.ts'
import type { AppDeps, AppEnv } from '../../ground/env.ts'
import { formOf } from '../../ground/form-of.ts'
import type { Handler } from '../../ground/route.ts'
import { changesLanguage } from '../../ground/ui-of.ts'
import { showImportForm, takeImportForm } from '../new-job.tsx'

const NOTHING_READ = { files: [], unreadable: undefined }

/** The first step of a new import; `form=whole` asks for everything on one page. */
export function showNewImport(deps: AppDeps): Handler {
  const showWhole = showImportForm(deps)
  return (c) => {
    if (c.req.query('form') === 'whole') return showWhole(c)
    return draw(c, deps, { ...BLANK, template: c.req.query('template') ?? '' })
  }
}

/** Makes the job that the next steps edit. */
export function takeNewImport(deps: AppDeps): Handler {
  const takeWhole = takeImportForm(deps)
  return async (c) => {
    const form = await formOf(c)
    if (form['step'] !== 'file' && form['language'] === undefined) return await takeWhole(c)
    if (form['step'] !== 'file' && form['table'] !== undefined) return await takeWhole(c)
    const isSwitched = changesLanguage(c, form)
    const answers = form['step'] === 'file' ? answersOf(form) : blankAfter(form)
    if (isSwitched) return await draw(c, deps, answers)
    const ui = c.get('ui')
    try {
      const path = await oncePerForm(deps, form, c.req.path, async () => {
        const template = await templateNamed(deps, 'import', answers.template)
        const files = await filesOf(deps, answers, undefined)
        const made = await jobOfFiles(deps, files, { answers, template }, c.req.raw.signal)
        const act = { actor: ui.operator, now: deps.now() }
        const job = await createJob(deps.store.db, made, act)
        return await pathOfNewJob(deps, { ui, job, template }, c.req.raw.signal)
      })
      return c.redirect(path, 303)
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error
      return await draw(c, deps, answers, error)
    }
  }
}

/** The language switch sends nothing but the template. */
function blankAfter({ template }: Record<string, unknown>): Answers {
  return { ...BLANK, template: typeof template === 'string' ? template : '' }
}

async function draw(
  c: Context<AppEnv>,
  deps: AppDeps,
  answers: Answers,
  error?: InvalidInputError,
): Promise<Response> {
  const ui = c.get('ui')
  const fault = error && formFault(ui, error, false)
  const template = await templateNamed(deps, 'import', answers.template)
  const form = { ui, answers, fault, template }
  const page = await drawFileStep(deps, form, NOTHING_READ, c.req.raw.signal)
  return c.html(<>{page}</>, fault === undefined ? 200 : 422)
}
