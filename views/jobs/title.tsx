import type { Job } from '../../src/domain/job.ts'
import { swapInPlace } from '../htmx.ts'
import type { Ui } from '../ui.ts'
import type { JobTab } from './tabs.tsx'

export function JobTitle({ ui, job, tab }: { ui: Ui; job: Job; tab: JobTab }) {
  const edit = `${ui.base}/jobs/${job.id}/edit?tab=${tab}`
  return (
    <header id="job-title" class="job-title">
      <h1>{job.label}</h1>
      <a id="job-edit" href={edit} class="quiet" {...swapInPlace(edit, '#job-title')}>
        {ui.text.job.edit}
      </a>
      {job.description !== '' && <p class="description">{job.description}</p>}
    </header>
  )
}
