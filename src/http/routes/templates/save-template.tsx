import { SaveTemplatePage } from '../../../../views/templates/template-forms.tsx'
import { templatePath } from '../../../../views/templates/template-name.tsx'
import { isNativeKey } from '../../../domain/templates/native-templates.ts'
import { requireNoRepair } from '../../../engine/lifecycle/run-again.ts'
import { saveJobAsTemplate } from '../../../engine/templates/save-template.ts'
import { findTemplate, findTemplateNamed } from '../../../engine/templates/templates.ts'
import type { AppDeps } from '../../ground/env.ts'
import { formOf } from '../../ground/form-of.ts'
import { jobOf } from '../../ground/params.ts'
import type { Handler } from '../../ground/route.ts'
import { changesLanguage } from '../../ground/ui-of.ts'
import { templateAnswers, templateFault } from './template-form.ts'

/** Asks under which name a job is saved; that of its own template is proposed. */
export function showSaveTemplate({ store }: Pick<AppDeps, 'store'>): Handler {
  return async (c) => {
    const job = await jobOf(store.db, c)
    requireNoRepair(job)
    const own = job.template === null ? undefined : await findTemplate(store.db, job.template)
    const isTaken = own !== undefined && !isNativeKey(own.key)
    const answers = {
      name: isTaken ? own.name : '',
      description: isTaken ? own.description : '',
      specification: '',
    }
    return c.html(
      <SaveTemplatePage ui={c.get('ui')} job={job} answers={answers} isTaken={isTaken} />,
    )
  }
}

export function takeSaveTemplate({ store, now }: Pick<AppDeps, 'store' | 'now'>): Handler {
  return async (c) => {
    const job = await jobOf(store.db, c)
    requireNoRepair(job)
    const form = await formOf(c)
    const isSwitched = changesLanguage(c, form)
    const answers = templateAnswers(form)
    const page = { ui: c.get('ui'), job, answers, isTaken: await isOfType(store.db, job, answers) }
    if (isSwitched) return c.html(<SaveTemplatePage {...page} />)
    try {
      const template = await saveJobAsTemplate(store.db, job.id, answers, {
        actor: page.ui.operator,
        now: now(),
        replaces: form['replaces'] === 'yes',
      })
      return c.redirect(templatePath(page.ui, template), 303)
    } catch (error) {
      return c.html(<SaveTemplatePage {...page} fault={templateFault(page.ui, error)} />, 422)
    }
  }
}

/** Whether there is a template of this name, which the job could change. */
async function isOfType(
  db: AppDeps['store']['db'],
  { type }: { type: string },
  { name }: { name: string },
): Promise<boolean> {
  const found = await findTemplateNamed(db, name)
  return found !== undefined && found.saved !== null && found.type === type
}
