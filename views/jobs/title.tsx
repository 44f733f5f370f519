import type { Job } from '../../src/domain/job.ts'
import { loadInPlace } from '../htmx.ts'
import type { Ui } from '../ui.ts'

export function JobTitle({ ui, job }: { ui: Ui; job: Job }) {
  const edit = `${ui.base}/jobs/${job.id}/edit`
  return (
    <header id="job-title" class="job-title">
      <h1>{job.label}</h1>
      <a id="job-edit" href={edit} class="quiet" {...loadInPlace(edit, '#job-title')}>
        {ui.text.job.edit}
      </a>
      {job.description !== '' && <p class="description">{job.description}</p>}
    </header>
  )
}
