import { durationOf, failureMessage, type Job } from '../../src/domain/job.ts'
import type { Pace } from '../../src/domain/pace.ts'
import { messageText, statusLabel } from '../../src/i18n/catalogue.ts'
import { fill } from '../../src/i18n/console.ts'
import { formatDuration, formatPercent } from '../../src/i18n/format.ts'
import { StatusBadge } from '../parts/status-badge.tsx'
import { number, type Ui } from '../ui.ts'

/** Where the job stands: status, share done, speed, time. */
export function JobProgress({ ui, job, pace }: { ui: Ui; job: Job; pace: Pace }) {
  const { language, text } = ui
  const percent = pace.share === null ? undefined : formatPercent(language, pace.share)
  return (
    <div id="job-progress" class="job-progress">
      <div class="job-status">
        <StatusBadge ui={ui} status={job.status} />
        <Reason ui={ui} job={job} />
      </div>
      <div class="job-meter">
        <progress
          class={`meter-${job.status}`}
          max={1000}
          value={pace.share === null ? undefined : Math.floor(pace.share * 1000)}
          aria-label={text.job.progress}
        >
          {percent}
        </progress>
        <span class="percent">{percent ?? text.job.unknownShare}</span>
      </div>
      <p class="quiet job-pace">
        <span>{fill(text.job.processed, { n: number(ui, job.counters.processed) })}</span>
        <span>{formatDuration(durationOf(job, ui.now))}</span>
        {pace.recordsPerSecond !== null && (
          <span>
            {fill(text.job.perSecond, { n: number(ui, Math.round(pace.recordsPerSecond)) })}
          </span>
        )}
        {pace.timeLeft !== null && (
          <span>{fill(text.job.left, { time: formatDuration(pace.timeLeft) })}</span>
        )}
      </p>
      <p class="visually-hidden" role="status" id="job-announcement">
        {statusLabel(language, job.status)}
      </p>
    </div>
  )
}

function Reason({ ui, job }: { ui: Ui; job: Job }) {
  const message = failureMessage(job)
  if (message === undefined) return null
  return <span class="reason">{messageText(ui.language, message)}</span>
}
