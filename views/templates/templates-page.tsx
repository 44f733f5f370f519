import { tableOf, type Template } from '../../src/domain/templates/template.ts'
import { typeLabel } from '../../src/i18n/catalogue.ts'
import { shown, shownLines } from '../../src/i18n/shown.ts'
import { dateTime, type Ui } from '../ground/ui.ts'
import { Page } from '../parts/layout.tsx'
import { templateDescription, TemplateLink } from './template-name.tsx'

/** All templates: those that somebody saved, then those that ship with the program. */
export function TemplatesPage({ ui, templates }: { ui: Ui; templates: Template[] }) {
  const { templates: words } = ui.text
  return (
    <Page ui={ui} title={words.title}>
      <h1 id="templates-title">{words.title}</h1>
      <p class="page-about">{words.about}</p>
      <div class="scroller">
        <table class="table stacked templates-table" aria-labelledby="templates-title">
          <thead>
            <tr>
              {[words.name, words.type, words.table, words.saved, words.newJob].map((heading) => (
                <th scope="col">{heading}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {templates.map((template) => (
              <TemplateRow ui={ui} template={template} />
            ))}
          </tbody>
        </table>
      </div>
    </Page>
  )
}

function TemplateRow({ ui, template }: { ui: Ui; template: Template }) {
  const { templates: words } = ui.text
  const description = templateDescription(ui, template)
  return (
    <tr>
      <th scope="row">
        <TemplateLink ui={ui} template={template} />
        {description !== '' && <p class="description">{shownLines(description)}</p>}
      </th>
      <td data-name={words.type}>{typeLabel(ui.language, template.type)}</td>
      <td data-name={words.table}>{shown(tableOf(template) ?? words.anyTable)}</td>
      <td data-name={words.saved}>{shown(savedText(ui, template))}</td>
      <td data-name={words.newJob}>
        <NewJobLink ui={ui} template={template} />
      </td>
    </tr>
  )
}

export function savedText(ui: Ui, { saved }: Template): string {
  const { templates: words } = ui.text
  if (saved === null) return words.native
  return `${dateTime(ui, saved.at)}, ${saved.by}`
}

export function NewJobLink({ ui, template, id }: { ui: Ui; template: Template; id?: string }) {
  const { key, type } = template
  const look = id === undefined ? 'button' : 'button button-primary'
  return (
    <a id={id} class={look} href={`${ui.base}/jobs/new/${type}?template=${key}`}>
      {id === undefined ? ui.text.layout[NEW[type]] : ui.text.templates.newJob}
    </a>
  )
}

const NEW = { import: 'newImport', export: 'newExport' } as const
