import type { Job } from '../../src/domain/jobs/job.ts'
import { phrase, statusLabel } from '../../src/i18n/catalogue.ts'
import { shown, shownLines } from '../../src/i18n/shown.ts'
import type { Ui } from '../ground/ui.ts'

type JobTitleProps = { ui: Ui; job: Job }

export function JobTitle(props: JobTitleProps) {
  return (
    <header id="job-title" class="job-title">
      <JobTexts {...props} />
    </header>
  )
}

/** Updated by polls, unless the edit form is in its place. */
export function JobTexts({ job }: { job: Job }) {
  return (
    <div id="job-texts">
      <h1>{shown(job.label)}</h1>
      {job.description !== '' && <p class="description">{shownLines(job.description)}</p>}
    </div>
  )
}

/** The link back to the list, and the id of the job. */
export function JobCrumb({ ui: { base, text }, job }: JobTitleProps) {
  return (
    <nav class="crumb" aria-label={text.jobPage.crumb}>
      <a href={`${base}/jobs`}>{text.layout.jobs}</a> /{' '}
      <span id="job-number" aria-current="page">
        {job.id}
      </span>
    </nav>
  )
}

/** The title for the browser tab: the status comes first. */
export function titleOf({ language, text }: Ui, job: Job): string {
  const { id, label, status, dry_run } = job
  const tried = dry_run ? ` (${phrase(language, 'dryRun')})` : ''
  return `${statusLabel(language, status)}${tried}: ${label} (${text.job.job} ${id})`
}
