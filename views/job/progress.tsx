import type { Job } from '../../src/domain/jobs/job.ts'
import type { Pace } from '../../src/domain/jobs/pace.ts'
import { statusLabel } from '../../src/i18n/catalogue.ts'
import { failureOnPage, statusText } from '../../src/i18n/outcome.ts'
import { fill } from '../../src/i18n/console.ts'
import { formatDateSpan, formatDuration, formatPercent } from '../../src/i18n/format.ts'
import { OutcomeBar, OutcomeLegend } from '../parts/outcome-bar.tsx'
import { Stall } from '../parts/stall.tsx'
import { StatusBadge } from '../parts/status-badge.tsx'
import { dateTime, duration, number, type Ui } from '../ground/ui.ts'

/** The progress of a job: status, times, speed and share done. */
export function JobProgress({ ui, job, pace }: { ui: Ui; job: Job; pace: Pace }) {
  const { language, text } = ui
  // A job that never ran shows 0, even if its total is unknown.
  const share = pace.share ?? (job.started_at === null ? 0 : null)
  const percent = share === null ? undefined : formatPercent(language, share)
  return (
    <div id="job-progress" class="job-progress">
      <div class="job-status">
        <StatusBadge ui={ui} job={job} /> <Reason ui={ui} job={job} />
      </div>
      <p class="quiet job-pace">
        <Times ui={ui} job={job} />{' '}
        <span>
          {fill(text.job.processed, { n: number(ui, job.counters.processed) })}
          {job.started_at !== null && ` ${fill(text.job.inTime, { time: duration(ui, job) })}`}
        </span>{' '}
        {pace.recordsPerSecond !== null && (
          <span>
            {fill(text.job.perSecond, { n: number(ui, Math.round(pace.recordsPerSecond)) })}
          </span>
        )}{' '}
        {pace.timeLeft !== null && (
          <span>{fill(text.job.left, { time: formatDuration(pace.timeLeft) })}</span>
        )}
        <Stall ui={ui} job={job} />
      </p>
      <div class="job-meter">
        <OutcomeBar ui={ui} job={job} />
        <span class={percent === undefined ? 'quiet' : 'percent'}>
          {percent ?? text.job.unknownShare}
        </span>
      </div>
      <OutcomeLegend ui={ui} job={job} />
      <p class="visually-hidden" role="status" id="job-announcement">
        {announcementOf(ui, job)}
      </p>
    </div>
  )
}

/** Once the job is over with what came of it; no poll changes that, and has it said again. */
function announcementOf({ language }: Ui, job: Job): string {
  const { status } = job
  return status === 'finished' || status === 'failed'
    ? statusText(language, job)
    : statusLabel(language, status)
}

/** Start and end of the run. */
function Times({ ui, job: { started_at: from, ended_at: to } }: { ui: Ui; job: Job }) {
  if (from === null) return null
  const { language, timeZone } = ui
  return (
    <span>
      {to === null
        ? fill(ui.text.jobPage.since, { when: dateTime(ui, from) })
        : formatDateSpan(language, from, to, timeZone)}
    </span>
  )
}

function Reason({ ui, job }: { ui: Ui; job: Job }) {
  const failure = failureOnPage(ui.language, job)
  return failure === undefined ? null : <span class="reason">{failure}</span>
}
