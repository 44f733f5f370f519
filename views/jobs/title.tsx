import type { Job } from '../../src/domain/job.ts'
import { phrase, statusLabel } from '../../src/i18n/catalogue.ts'
import { shown, shownLines } from '../../src/i18n/shown.ts'
import { swapInPlace } from '../htmx.ts'
import type { Ui } from '../ui.ts'
import { placeQuery, type TabPlace } from './tabs.tsx'

type JobTitleProps = { ui: Ui; job: Job; place: TabPlace }

export function JobTitle(props: JobTitleProps) {
  return (
    <header id="job-title" class="job-title">
      <JobTexts {...props} />
    </header>
  )
}

/** What a poll renews where it is, and lets be where the form stands in its place. */
export function JobTexts({ ui, job, place }: JobTitleProps) {
  const { base, text } = ui
  const edit = `${base}/jobs/${job.id}/edit${placeQuery(place)}`
  return (
    <div id="job-texts">
      <h1>{shown(job.label)}</h1>
      <span class="quiet" id="job-number">
        {text.job.job} {job.id}
      </span>
      <a id="job-edit" href={edit} class="quiet" {...swapInPlace(edit, '#job-title')}>
        {text.job.edit}
      </a>
      {job.description !== '' && <p class="description">{shownLines(job.description)}</p>}
    </div>
  )
}

/** Among the tabs of a browser, what one wants to know of a job is whether it is through. */
export function titleOf({ language, text }: Ui, job: Job): string {
  const { id, label, status, dry_run } = job
  const tried = dry_run ? ` (${phrase(language, 'dryRun')})` : ''
  return `${statusLabel(language, status)}${tried}: ${label} (${text.job.job} ${id})`
}
