import type { Child } from 'hono/jsx'
import type { JobType } from '../../src/domain/states/status.ts'
import { fill } from '../../src/i18n/console.ts'
import { shownLines } from '../../src/i18n/shown.ts'
import { Page } from '../parts/layout.tsx'
import { Notice } from '../parts/notice.tsx'
import { FromTemplate } from './from-template.tsx'
import type { JobFormProps } from './job-form.ts'

/** The frame of the import and export forms: title, error, and the two buttons. */
export function FormFrame({
  form: { ui, answers, fault, job, preview, template },
  type,
  children,
}: {
  form: JobFormProps
  type: JobType
  children: Child
}) {
  const { base, text } = ui
  const words = text.form[type]
  const title = job === undefined ? words.title : fill(text.form.editTitle, { id: job.id })
  const action =
    job === undefined ? `${base}/jobs/new/${type}` : `${base}/jobs/${job.id}/specification`
  const kept = { ...answers, refused: fault === undefined ? '' : 'yes' }
  return (
    <Page ui={ui} title={title} form={{ id: 'job-form', action, answers: kept }}>
      <h1>{title}</h1>
      <form class="job-form" id="job-form" method="post" action={action}>
        <input type="hidden" name="once" value={ui.idempotencyKey} />
        <FromTemplate ui={ui} template={template} />
        {fault !== undefined && <Notice kind="error">{summaryOf(fault, text.form.marked)}</Notice>}
        {children}
        <div class="form-buttons">
          <button
            type="submit"
            id="button-start"
            name="act"
            value="start"
            class="button button-primary"
          >
            {words.start}
          </button>{' '}
          <button type="submit" id="button-save" name="act" value="save" class="button">
            {job === undefined ? text.form.saveForLater : text.job.save}
          </button>{' '}
          {type === 'export' && (
            <button type="submit" id="button-preview" name="act" value="preview" class="button">
              {text.form.preview}
            </button>
          )}{' '}
          <button type="submit" id="button-template" name="act" value="template" class="button">
            {text.templates.save.button}
          </button>{' '}
          <a
            id="button-leave"
            class="button"
            href={job === undefined ? `${base}/jobs` : `${base}/jobs/${job.id}`}
          >
            {/* The job stays: it is deleted on a page of its own. */}
            {job === undefined ? text.form.leave : text.report.back}
          </a>
        </div>
      </form>
      {preview !== undefined && (
        <section class="card export-preview" id="preview" aria-labelledby="preview-title">
          <h2 id="preview-title">{text.form.previewTitle}</h2>
          <pre class="raw-preview" tabindex={0} aria-labelledby="preview-title">
            {shownLines(preview.text)}
          </pre>
          <h2 id="sql-title">{text.form.previewSql}</h2>
          <pre class="raw-preview" tabindex={0} aria-labelledby="sql-title">
            {shownLines(preview.sql)}
          </pre>
        </section>
      )}
    </Page>
  )
}

function summaryOf(
  { field, sentence }: { field?: string | undefined; sentence: string },
  marked: string,
) {
  return field === undefined ? sentence : <a href={`#field-${field}`}>{marked}</a>
}
