import type { Child } from 'hono/jsx'
import { fill } from '../../src/i18n/console.ts'
import { Page } from '../parts/layout.tsx'
import { Notice } from '../parts/notice.tsx'
import { FromTemplate } from './from-template.tsx'
import type { JobFormProps } from './job-form.ts'

/** The frame of the form of an import: title, error, and the two buttons. */
export function FormFrame({
  form: { ui, answers, fault, job, template },
  children,
}: {
  form: JobFormProps
  children: Child
}) {
  const { base, text } = ui
  const words = text.form.import
  const title = job === undefined ? words.title : fill(text.form.editTitle, { id: job.id })
  const action =
    job === undefined ? `${base}/jobs/new/import` : `${base}/jobs/${job.id}/specification`
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
    </Page>
  )
}

function summaryOf(
  { field, sentence }: { field?: string | undefined; sentence: string },
  marked: string,
) {
  return field === undefined ? sentence : <a href={`#field-${field}`}>{marked}</a>
}
