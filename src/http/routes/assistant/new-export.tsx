import type { Context } from 'hono'
import { tableOf, type Template } from '../../../domain/templates/template.ts'
import { InvalidInputError } from '../../../domain/words/errors.ts'
import { editSpecification } from '../../../engine/jobs/edit-specification.ts'
import { createJob } from '../../../engine/jobs/jobs.ts'
import { drawTableStep, jobOfTable } from '../../assistant/export/table-step.tsx'
import type { Typed } from '../../assistant/step.ts'
import { pathOfNewJob } from '../../assistant/steps/open-step.ts'
import { textsOf } from '../../forms/form-values.ts'
import { oncePerForm } from '../../forms/idempotency.ts'
import { templateNamed } from '../../forms/template-named.ts'
import type { AppDeps, AppEnv } from '../../ground/env.ts'
import { formOf } from '../../ground/form-of.ts'
import type { Handler } from '../../ground/route.ts'
import { changesLanguage } from '../../ground/ui-of.ts'

/** The first step of a new export. */
export function showNewExport(deps: AppDeps): Handler {
  return async (c) => {
    const template = await templateNamed(deps, 'export', c.req.query('template'))
    return await draw(c, deps, { answers: answersAfter(template), template })
  }
}

/** Makes the job that the next steps edit. */
export function takeNewExport(deps: AppDeps): Handler {
  return async (c) => {
    const form = await formOf(c)
    const typed = textsOf(form)
    const template = await templateNamed(deps, 'export', typed['template'])
    // Without JavaScript the switch sends nothing of the step.
    const answers = form['step'] === 'table' ? typed : answersAfter(template)
    if (changesLanguage(c, form)) return await draw(c, deps, { answers, template })
    const ui = c.get('ui')
    try {
      const path = await oncePerForm(deps, form, c.req.path, async () => {
        const { made, former } = await jobOfTable(deps, typed, template)
        const act = { actor: ui.operator, now: deps.now() }
        const { db } = deps.store
        const first = await createJob(db, former ?? made, act)
        const job = former === undefined ? first : await editSpecification(db, first.id, made, act)
        return await pathOfNewJob(deps, { ui, job, template }, c.req.raw.signal)
      })
      return c.redirect(path, 303)
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error
      return await draw(c, deps, { answers, template, fault: error })
    }
  }
}

function answersAfter(template: Template | undefined): Typed {
  return { table: (template && tableOf(template)) ?? '' }
}

type Drawn = { answers: Typed; template: Template | undefined; fault?: InvalidInputError }

async function draw(c: Context<AppEnv>, deps: AppDeps, drawn: Drawn): Promise<Response> {
  const page = await drawTableStep(deps, { ui: c.get('ui'), ...drawn })
  return c.html(<>{page}</>, drawn.fault === undefined ? 200 : 422)
}
