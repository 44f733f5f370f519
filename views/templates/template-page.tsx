import { tableOf, templateKind, type Template } from '../../src/domain/templates/template.ts'
import type { TemplateHistory } from '../../src/engine/templates/template-history.ts'
import { typeLabel } from '../../src/i18n/catalogue.ts'
import { shown, shownLines } from '../../src/i18n/shown.ts'
import { templateName } from '../forms/from-template.tsx'
import type { Ui } from '../ground/ui.ts'
import { Facts } from '../parts/facts.tsx'
import { Page } from '../parts/layout.tsx'
import { specificationFacts } from '../tabs/specification.tsx'
import { TemplateChanges } from './template-changes.tsx'
import { templateDescription, templatePath } from './template-name.tsx'
import { TemplateRuns } from './template-runs.tsx'
import { NewJobLink, savedText } from './templates-page.tsx'

type TemplatePageProps = { ui: Ui; template: Template; history: TemplateHistory }

/** A template: what it says, its jobs, and what changed in it. */
export function TemplatePage({ ui, template, history }: TemplatePageProps) {
  const { templates: words } = ui.text
  const name = templateName(ui, template)
  const description = templateDescription(ui, template)
  const facts = [
    { name: words.type, value: typeLabel(ui.language, template.type) },
    // Whether it is a dry run is decided anew for every job.
    ...specificationFacts(ui, templateKind(template), undefined).filter(
      ({ name: fact }) => fact !== ui.text.report.specification.dryRun,
    ),
    { name: words.saved, value: savedText(ui, template) },
  ]
  return (
    <Page ui={ui} title={`${words.template}: ${name}`}>
      <TemplateCrumb ui={ui} template={template} />
      <div class="job-head">
        <header class="job-title">
          <h1>{shown(name)}</h1>
          {description !== '' && <p class="description">{shownLines(description)}</p>}
        </header>
        <TemplateTools ui={ui} template={template} />
      </div>
      <Facts told title={words.says} facts={facts} />
      <TemplateRuns ui={ui} template={template} {...history} />
      {template.saved !== null && <TemplateChanges ui={ui} {...history} />}
    </Page>
  )
}

function TemplateTools({ ui, template }: { ui: Ui; template: Template }) {
  const { templates: words } = ui.text
  const path = templatePath(ui, template)
  const isNative = template.saved === null
  return (
    <div class="job-tools" role="group" aria-label={words.template}>
      <NewJobLink ui={ui} template={template} id="button-new-job" />{' '}
      <a id="button-edit" class="button" href={`${path}/edit`}>
        {isNative ? words.copy : words.edit}
      </a>{' '}
      {template.type === 'import' && tableOf(template) !== undefined && (
        <a id="button-example" class="button" href={`${ui.base}/example?template=${template.key}`}>
          {ui.text.assistant.example.title}
        </a>
      )}{' '}
      {!isNative && (
        <a id="button-delete" class="button" href={`${path}/delete`}>
          {words.delete}
        </a>
      )}
    </div>
  )
}

/** The way back to all templates. */
export function TemplateCrumb({ ui, template }: { ui: Ui; template: Template }) {
  const { templates: words } = ui.text
  return (
    <nav class="crumb" aria-label={words.crumb}>
      <a href={`${ui.base}/templates`}>{words.title}</a> /{' '}
      <span aria-current="page">{shown(template.key)}</span>
    </nav>
  )
}
