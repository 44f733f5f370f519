import type { Template } from '../../src/domain/templates/template.ts'
import { isNativeKey } from '../../src/domain/templates/native-templates.ts'
import { fill } from '../../src/i18n/console.ts'
import type { Ui } from '../ground/ui.ts'

/** Says from which template a job is made, and sends it with the form. */
export function FromTemplate({ ui, template }: { ui: Ui; template: Template | undefined }) {
  if (template === undefined) return null
  return (
    <>
      <input type="hidden" name="template" value={template.key} />
      <TemplateNote ui={ui} template={template} />
    </>
  )
}

export function TemplateNote({ ui, template }: { ui: Ui; template: Template }) {
  const name = templateName(ui, template)
  return <p class="from-template">{fill(ui.text.templates.from, { name })}</p>
}

/** Leads to what saves the answers of a form. */
export function TemplatesLink({ ui }: { ui: Ui }) {
  return (
    <p class="from-template">
      <a href={`${ui.base}/templates`}>{ui.text.templates.choose}</a>
    </p>
  )
}

/** What people call a template: those that ship with the program have a name in their language. */
export function templateName({ text }: Ui, { key, name }: Pick<Template, 'key' | 'name'>): string {
  return isNativeKey(key) ? text.templates.natives[key].name : name
}
