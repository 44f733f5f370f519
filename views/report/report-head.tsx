import { failureMessage, type Job } from '../../src/domain/jobs/job.ts'
import { inMotion } from '../../src/domain/states/status.ts'
import { typeLabel } from '../../src/i18n/catalogue.ts'
import { fill } from '../../src/i18n/console.ts'
import { failureOnPage } from '../../src/i18n/outcome.ts'
import { shown, shownLines } from '../../src/i18n/shown.ts'
import { OutcomeBar, OutcomeLegend } from '../parts/outcome-bar.tsx'
import { StatusBadge } from '../parts/status-badge.tsx'
import { dateTime, type Ui } from '../ground/ui.ts'

/** The head of the report: which job, how it ended, who printed it and when. */
export function ReportHead({ ui, job }: { ui: Ui; job: Job }) {
  const { language, operator, now, timeZone, text } = ui
  const when = dateTime(ui, now)
  return (
    <header class="report-head">
      <h1>{shown(job.label)}</h1>
      {job.description !== '' && <p class="description">{shownLines(job.description)}</p>}
      <dl class="report-facts">
        <div>
          <dt>{text.report.number}</dt>
          {/* An id, so without thousands separators. */}
          <dd>{job.id}</dd>
        </div>
        <div>
          <dt>{text.report.status}</dt>
          <dd>
            <StatusBadge ui={ui} job={job} />
          </dd>
        </div>
        <div>
          <dt>{text.general.type}</dt>
          <dd>{typeLabel(language, job.type)}</dd>
        </div>
        <div>
          <dt>{text.report.table}</dt>
          <dd>{shown(job.target_table)}</dd>
        </div>
        <div>
          <dt>{text.report.file}</dt>
          <dd>{shown(job.file_name)}</dd>
        </div>
        <div>
          <dt>{text.report.printed}</dt>
          <dd>
            <time datetime={now.toISOString()}>
              {fill(text.report.printedBy, { when, zone: timeZone, who: operator })}
            </time>
          </dd>
        </div>
      </dl>
      <OutcomeBar ui={ui} job={job} />
      <OutcomeLegend ui={ui} job={job} />
      <Failure ui={ui} job={job} />
      {inMotion(job.status) && <p class="report-remark">{text.report.moving}</p>}
    </header>
  )
}

function Failure({ ui, job }: { ui: Ui; job: Job }) {
  const message = failureMessage(job)
  if (message === undefined) return null
  return (
    <p class="report-failure">
      <b>{ui.text.report.failure}:</b> {failureOnPage(ui.language, job)} <code>{message.code}</code>
    </p>
  )
}
