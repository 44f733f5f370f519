import type { Context } from 'hono'
import { TemplatePage } from '../../../../views/templates/template-page.tsx'
import { TemplatesPage } from '../../../../views/templates/templates-page.tsx'
import type { Template } from '../../../domain/templates/template.ts'
import { historyOf } from '../../../engine/templates/template-history.ts'
import { listTemplates, requireTemplate } from '../../../engine/templates/templates.ts'
import type { AppDeps, AppEnv } from '../../ground/env.ts'
import type { Handler } from '../../ground/route.ts'

export function showTemplates({ store }: Pick<AppDeps, 'store'>): Handler {
  return async (c) =>
    c.html(<TemplatesPage ui={c.get('ui')} templates={await listTemplates(store.db)} />)
}

export function showTemplate({ store, now }: Pick<AppDeps, 'store' | 'now'>): Handler {
  return async (c) => {
    const template = await templateOf(c, { store })
    const history = await historyOf(store.db, template, now())
    return c.html(<TemplatePage ui={c.get('ui')} template={template} history={history} />)
  }
}

/** The template in the path. @throws NotFoundError */
export async function templateOf(
  c: Context<AppEnv>,
  { store }: Pick<AppDeps, 'store'>,
): Promise<Template> {
  return await requireTemplate(store.db, c.req.param('template') ?? '')
}
