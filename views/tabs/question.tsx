import type { Child } from 'hono/jsx'
import type { Job } from '../../src/domain/jobs/job.ts'
import { shown } from '../../src/i18n/shown.ts'
import { QUESTION, QUESTION_DIALOG } from '../ground/htmx.ts'
import { Page } from '../parts/layout.tsx'
import { StatusBadge } from '../parts/status-badge.tsx'
import type { Ui } from '../ground/ui.ts'

type QuestionProps = {
  ui: Ui
  job: Job
  title: string
  /** Where the form is sent. */
  action: string
  /** The confirming button. */
  sure: Child
  /** The link that changes nothing. */
  keep: { label: string; href: string }
  /** What changes and what stays. */
  children: Child
}

/** Where a question is asked above the page; the script opens it when it has content. */
export function QuestionDialog() {
  return <dialog id={QUESTION_DIALOG} aria-labelledby="question-title" />
}

/** Confirms a command that cannot be undone: a page of its own, or a dialog on a job's page. */
export function Question({ ui, job, title, action, sure, keep, children }: QuestionProps) {
  return (
    <Page ui={ui} title={title}>
      <form id={QUESTION} class="job-form" method="post" action={action}>
        {/* Focused, so that a long question is read from its beginning. */}
        <h1 id="question-title" tabindex={-1} autofocus>
          {title}
        </h1>
        <p class="delete-name">
          <StatusBadge ui={ui} job={job} /> <b>{shown(job.label)}</b>
        </p>
        {children}
        <div class="form-buttons">
          {sure}{' '}
          <a id="button-keep" class="button" href={keep.href}>
            {keep.label}
          </a>
        </div>
      </form>
    </Page>
  )
}
