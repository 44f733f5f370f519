import type { Job } from '../../src/domain/jobs/job.ts'
import { isNativeKey } from '../../src/domain/templates/native-templates.ts'
import type { Template } from '../../src/domain/templates/template.ts'
import { fill } from '../../src/i18n/console.ts'
import { shown } from '../../src/i18n/shown.ts'
import { templateName } from '../forms/from-template.tsx'
import type { Ui } from '../ground/ui.ts'
import type { Fact } from '../parts/facts.tsx'

export function templateDescription({ text }: Ui, { key, description }: Template): string {
  return isNativeKey(key) ? text.templates.natives[key].about : description
}

export function templatePath({ base }: Ui, { key }: Pick<Template, 'key'>): string {
  return `${base}/templates/${key}`
}

export function TemplateLink({ ui, template }: { ui: Ui; template: Template }) {
  return <a href={templatePath(ui, template)}>{shown(templateName(ui, template))}</a>
}

/** The template of a job, with a link to it; nothing for a job without one. */
export function templateFacts(ui: Ui, job: Job, template: Template | undefined): Fact[] {
  const { templates } = ui.text
  if (job.template === null) return []
  const value =
    template === undefined ? (
      fill(templates.deleted, { key: job.template })
    ) : (
      <TemplateLink ui={ui} template={template} />
    )
  return [{ name: templates.template, value }]
}
