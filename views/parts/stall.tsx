import type { Job } from '../../src/domain/jobs/job.ts'
import { stallOf } from '../../src/domain/jobs/stall.ts'
import { fill } from '../../src/i18n/console.ts'
import { formatTimeSpan } from '../../src/i18n/format.ts'
import type { Ui } from '../ground/ui.ts'

/** How long a running job has made no progress, if that is too long. */
export function Stall({ ui, job }: { ui: Ui; job: Pick<Job, 'status' | 'progressed_at'> }) {
  const stalled = stallOf(job, ui.now)
  if (stalled === null) return null
  return (
    <>
      {' '}
      <span class="stall">{fill(ui.text.job.stalled, { time: formatTimeSpan(stalled) })}</span>
    </>
  )
}
