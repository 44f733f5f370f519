import type { Job } from '../../src/domain/job.ts'
import { fill } from '../../src/i18n/console.ts'
import { shown } from '../../src/i18n/shown.ts'
import { Page } from '../layout.tsx'
import { StatusBadge } from '../parts/status-badge.tsx'
import type { Ui } from '../ui.ts'

type RunAgainProps = {
  ui: Ui
  job: Job
  /** What it would do. */
  why: string
}

/** Asks before a file goes a second time where it went before. */
export function RunAgainPage({ ui, job, why }: RunAgainProps) {
  const { base, text } = ui
  const title = fill(text.form.againTitle, { id: job.id })
  return (
    <Page ui={ui} title={title}>
      <h1>{title}</h1>
      <form class="job-form" method="post" action={`${base}/jobs/${job.id}/run-again`}>
        <input type="hidden" name="once" value={ui.once} />
        <p class="delete-name">
          <StatusBadge ui={ui} job={job} /> <b>{shown(job.label)}</b>
        </p>
        <p id="why">{why}</p>
        <div class="form-buttons">
          <button type="submit" id="button-sure" name="again" value="yes" class="button">
            {text.form.labels.again}
          </button>
          <a id="button-keep" class="button button-primary" href={`${base}/jobs/${job.id}`}>
            {text.form.againKeep}
          </a>
        </div>
      </form>
    </Page>
  )
}
