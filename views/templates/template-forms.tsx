import type { Child } from 'hono/jsx'
import type { Job } from '../../src/domain/jobs/job.ts'
import type { Template } from '../../src/domain/templates/template.ts'
import { fill } from '../../src/i18n/console.ts'
import { shown } from '../../src/i18n/shown.ts'
import { FieldNotes, inputAttributes } from '../forms/field-notes.tsx'
import { templateName } from '../forms/from-template.tsx'
import type { Ui } from '../ground/ui.ts'
import { Page } from '../parts/layout.tsx'
import { Notice } from '../parts/notice.tsx'
import { JobCrumb } from '../tabs/title.tsx'
import { templatePath } from './template-name.tsx'
import { TemplateCrumb } from './template-page.tsx'

/** The fields of both forms, as they were typed. */
export type TemplateAnswers = { name: string; description: string; specification: string }

export type TemplateFault = { field: keyof TemplateAnswers; sentences: string[] }

type FormProps = { ui: Ui; answers: TemplateAnswers; fault?: TemplateFault | undefined }

/** Asks under which name a job is saved. */
export function SaveTemplatePage({
  job,
  isTaken,
  ...form
}: FormProps & { job: Job; isTaken: boolean }) {
  const { ui } = form
  const { save } = ui.text.templates
  const title = fill(save.title, { id: job.id })
  const action = `${ui.base}/jobs/${job.id}/template`
  return (
    <Page ui={ui} title={title} form={{ id: 'template-form', action, answers: form.answers }}>
      <JobCrumb ui={ui} job={job} />
      <h1>{title}</h1>
      <form class="job-form" id="template-form" method="post" action={action}>
        <p>{save.about}</p>
        <Texts {...form} />
        {isTaken && (
          <div class="tick">
            <input type="checkbox" id="field-replaces" name="replaces" value="yes" />{' '}
            <label for="field-replaces">{save.replaces}</label>
          </div>
        )}
        <div class="form-buttons">
          <button type="submit" id="button-save" class="button button-primary">
            {save.sure}
          </button>{' '}
          <a id="button-keep" class="button" href={`${ui.base}/jobs/${job.id}`}>
            {save.leave}
          </a>
        </div>
      </form>
    </Page>
  )
}

/** Edits a template; one that ships with the program can only be saved as another. */
export function EditTemplatePage({ template, ...form }: FormProps & { template: Template }) {
  const { ui, fault, answers } = form
  const { form: words, back } = ui.text.templates
  const isNative = template.saved === null
  const name = templateName(ui, template)
  const title = fill(isNative ? words.copyTitle : words.title, { name })
  const path = templatePath(ui, template)
  const action = `${path}/edit`
  return (
    <Page ui={ui} title={title} form={{ id: 'template-form', action, answers }}>
      <TemplateCrumb ui={ui} template={template} />
      <h1>{title}</h1>
      <form class="job-form" id="template-form" method="post" action={action}>
        <Texts {...form} />
        <details class="form-more" id="more-specification" open={fault?.field === 'specification'}>
          <summary>{words.specification}</summary>
          <Labelled {...form} name="specification" hint={words.specificationHint}>
            <textarea
              class="input specification-text"
              {...inputAttributes({ ...noted(form, 'specification', words.specificationHint) })}
              rows={16}
              spellcheck={false}
            >
              {answers.specification}
            </textarea>
          </Labelled>
        </details>
        <div class="form-buttons">
          {!isNative && (
            <button
              type="submit"
              id="button-save"
              name="act"
              value="save"
              class="button button-primary"
            >
              {words.save}
            </button>
          )}{' '}
          <button type="submit" id="button-save-as" name="act" value="save_as" class="button">
            {words.saveAs}
          </button>{' '}
          <a id="button-keep" class="button" href={path}>
            {back}
          </a>
        </div>
      </form>
    </Page>
  )
}

/** Asks before a template is deleted. */
export function DeleteTemplatePage({ ui, template }: { ui: Ui; template: Template }) {
  const { remove } = ui.text.templates
  const title = fill(remove.title, { name: templateName(ui, template) })
  const path = templatePath(ui, template)
  return (
    <Page ui={ui} title={title}>
      <TemplateCrumb ui={ui} template={template} />
      <form class="job-form" method="post" action={`${path}/delete`}>
        <h1>{title}</h1>
        <p>{remove.goes}</p>
        <p>{remove.stays}</p>
        <div class="form-buttons">
          <button type="submit" id="button-sure" class="button button-danger">
            {remove.sure}
          </button>{' '}
          <a id="button-keep" class="button" href={path}>
            {remove.keep}
          </a>
        </div>
      </form>
    </Page>
  )
}

function Texts(form: FormProps) {
  const { answers, fault } = form
  return (
    <>
      {fault !== undefined && <Notice kind="error">{fault.sentences.map(shown).join(' ')}</Notice>}
      <Labelled {...form} name="name">
        <input
          type="text"
          class="input"
          {...inputAttributes(noted(form, 'name'))}
          value={answers.name}
          autocomplete="off"
          required
        />
      </Labelled>
      <Labelled {...form} name="description">
        <textarea class="input" {...inputAttributes(noted(form, 'description'))} rows={3}>
          {answers.description}
        </textarea>
      </Labelled>
    </>
  )
}

function Labelled({
  name,
  hint,
  children,
  ...form
}: FormProps & { name: keyof TemplateAnswers; hint?: string; children: Child }) {
  return (
    <div class="form-field">
      <label for={`field-${name}`}>{form.ui.text.templates.form[name]}</label> {children}
      <FieldNotes {...noted(form, name, hint)} />
    </div>
  )
}

function noted({ fault }: FormProps, name: keyof TemplateAnswers, hint?: string) {
  const told = fault && { field: fault.field, sentence: fault.sentences.join(' ') }
  return { form: { fault: told }, name, hint }
}
