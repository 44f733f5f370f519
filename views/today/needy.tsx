import { openRejectsOf, type ListedJob } from '../../src/domain/jobs/job.ts'
import { nextStepOf } from '../../src/domain/jobs/next-step.ts'
import type { Today } from '../../src/engine/report/read-today.ts'
import { actLabel } from '../../src/i18n/catalogue.ts'
import { fill } from '../../src/i18n/console.ts'
import { failureOnPage } from '../../src/i18n/outcome.ts'
import { shown } from '../../src/i18n/shown.ts'
import { StatusBadge } from '../parts/status-badge.tsx'
import { number, type Ui } from '../ground/ui.ts'

/** The jobs that wait for an operator, each with its next step. */
export function Needy({ ui, today: { needy, areAllNeedy } }: { ui: Ui; today: Today }) {
  const { base, text } = ui
  return (
    <section class="panel">
      <h2>{text.today.needs}</h2>
      {needy.length === 0 && <p class="quiet">{text.today.needsNobody}</p>}
      {needy.length > 0 && (
        <ul class="needy">
          {needy.map((job) => (
            <li id={`needs-${job.id}`}>
              <div>
                <a class="needy-label" href={`${base}/jobs/${job.id}`}>
                  {shown(job.label)}
                </a>{' '}
                <StatusBadge ui={ui} job={job} /> <Why ui={ui} job={job} />
              </div>{' '}
              <Step ui={ui} job={job} />
            </li>
          ))}
        </ul>
      )}
      {!areAllNeedy && (
        <p class="quiet">
          {text.today.needsMore} <a href={`${base}/jobs?tab=failed`}>{text.list.failed}</a>,{' '}
          <a href={`${base}/jobs?tab=with_rejects`}>{text.list.withRejects}</a>,{' '}
          <a href={`${base}/jobs?tab=waiting`}>{text.list.waiting}</a>
        </p>
      )}
    </section>
  )
}

function Why({ ui, job }: { ui: Ui; job: ListedJob }) {
  const failure = failureOnPage(ui.language, job)
  const records = { n: number(ui, job.counters.processed) }
  if (failure !== undefined) return <p class="quiet">{failure}</p>
  else if (job.status !== 'paused') return null
  else return <p class="quiet">{fill(ui.text.today.paused, records)}</p>
}

/** The next step of a job; steps that need a closer look link to the job's page. */
function Step({ ui, job }: { ui: Ui; job: ListedJob }) {
  const { base, language, text } = ui
  const url = `${base}/jobs/${job.id}`
  switch (nextStepOf(job).step) {
    case 'start':
      return (
        <form method="post" action={`${url}/start`}>
          <button class="button" type="submit">
            {actLabel(language, 'start')}
          </button>
        </form>
      )
    case 'repair':
      return (
        <a class="button" href={`${url}/rejects/repair`}>
          {fill(text.jobPage.steps.repair, { n: number(ui, openRejectsOf(job)) })}
        </a>
      )
    case 'look_at_rejects':
      return (
        <a class="button" href={`${url}/rejects`}>
          {text.jobPage.steps.look_at_rejects}
        </a>
      )
    case 'change':
      return (
        <form method="post" action={`${url}/duplicate`}>
          <input type="hidden" name="once" value={ui.idempotencyKey} />
          <button class="button" type="submit" name="then" value="specification">
            {text.jobPage.steps.change}
          </button>
        </form>
      )
    default:
      return (
        <a class="button" href={url}>
          {text.today.lookAtJob}
        </a>
      )
  }
}
