import type { Context } from 'hono'
import {
  DeleteTemplatePage,
  EditTemplatePage,
  type TemplateAnswers,
} from '../../../../views/templates/template-forms.tsx'
import { templatePath } from '../../../../views/templates/template-name.tsx'
import { printParts, readSpecification } from '../../../domain/specification/specification-file.ts'
import { withoutFile, type Template } from '../../../domain/templates/template.ts'
import { ConflictError } from '../../../domain/words/errors.ts'
import {
  changeTemplate,
  deleteTemplate,
  saveTemplate,
} from '../../../engine/templates/save-template.ts'
import { checkTemplate } from '../../../pipeline/templates/check-template.ts'
import type { AppDeps, AppEnv } from '../../ground/env.ts'
import { formOf } from '../../ground/form-of.ts'
import type { Handler } from '../../ground/route.ts'
import { changesLanguage } from '../../ground/ui-of.ts'
import { templateOf } from './show-templates.tsx'
import { templateAnswers, templateFault } from './template-form.ts'

type Deps = Pick<AppDeps, 'store' | 'now'>

export function showEditTemplate({ store }: Pick<AppDeps, 'store'>): Handler {
  return async (c) => {
    const template = await templateOf(c, { store })
    const { type, parts, description, saved } = template
    const answers = {
      name: saved === null ? '' : template.name,
      description,
      specification: printParts(type, parts),
    }
    return c.html(<EditTemplatePage ui={c.get('ui')} template={template} answers={answers} />)
  }
}

/** Changes the template, or saves what was typed as another one. */
export function takeEditTemplate(deps: Deps): Handler {
  return async (c) => {
    const template = await templateOf(c, deps)
    const form = await formOf(c)
    const isSwitched = changesLanguage(c, form)
    const page = { ui: c.get('ui'), template, answers: templateAnswers(form) }
    if (isSwitched) return c.html(<EditTemplatePage {...page} />)
    try {
      const saved = await save(c, deps, { ...page, isAnother: form['act'] === 'save_as' })
      return c.redirect(templatePath(page.ui, saved), 303)
    } catch (error) {
      if (error instanceof ConflictError) throw error
      return c.html(<EditTemplatePage {...page} fault={templateFault(page.ui, error)} />, 422)
    }
  }
}

type Saving = { template: Template; answers: TemplateAnswers; isAnother: boolean }

async function save(
  c: Context<AppEnv>,
  { store, now }: Deps,
  { template, answers, isAnother }: Saving,
): Promise<Template> {
  const { type, key } = template
  const given = readSpecification(answers.specification, { type, path: '' })
  const written = { ...answers, type, parts: withoutFile(given) }
  await checkTemplate(store, written)
  const by = { actor: c.get('ui').operator, now: now() }
  return isAnother
    ? await saveTemplate(store.db, written, { ...by, replaces: false })
    : await changeTemplate(store.db, key, written, by)
}

export function askBeforeDeleteTemplate({ store }: Pick<AppDeps, 'store'>): Handler {
  return async (c) =>
    c.html(<DeleteTemplatePage ui={c.get('ui')} template={await templateOf(c, { store })} />)
}

export function removeTemplate({ store }: Pick<AppDeps, 'store'>): Handler {
  return async (c) => {
    await deleteTemplate(store.db, (await templateOf(c, { store })).key)
    return c.redirect(`${c.get('ui').base}/templates`, 303)
  }
}
