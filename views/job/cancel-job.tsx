import type { Job } from '../../src/domain/jobs/job.ts'
import { outcomeParts } from '../../src/domain/jobs/outcome.ts'
import { isHeld } from '../../src/domain/states/status.ts'
import { fill } from '../../src/i18n/console.ts'
import { number, type Ui } from '../ground/ui.ts'
import { Consequences } from './delete-job.tsx'
import { Question } from '../tabs/question.tsx'
import { pathOfPlace, placeQuery, type TabPlace } from '../tabs/tabs.tsx'

/** Confirms the cancellation of a job, which is final. */
export function CancelJobPage({ ui, job, place }: { ui: Ui; job: Job; place: TabPlace }) {
  const { cancel: text } = ui.text.jobPage
  return (
    <Question
      ui={ui}
      job={job}
      title={fill(text.title, { id: job.id })}
      action={`${ui.base}/jobs/${job.id}/cancel${placeQuery(place)}`}
      sure={
        <button type="submit" id="button-sure" class="button button-danger">
          {text.sure}
        </button>
      }
      keep={{ label: text.keep, href: pathOfPlace(ui, job.id, place) }}
    >
      <Consequences title={text.happens} points={effectsOf(ui, job)} />
      <Consequences title={text.stays} points={keptParts(ui, job)} />
    </Question>
  )
}

function effectsOf(ui: Ui, { type, status }: Job): string[] {
  const { cancel: text } = ui.text.jobPage
  return [
    ...(isHeld(status) ? [text.batch] : []),
    text.stops,
    ...(type === 'export' ? [text.dropsPart] : []),
  ]
}

function keptParts(ui: Ui, job: Job): string[] {
  const { cancel: text } = ui.text.jobPage
  const written = { table: job.target_table, n: number(ui, outcomeParts(job).written) }
  const hasWritten = job.type === 'import' && !job.dry_run && outcomeParts(job).written > 0
  const words = job.counters.deleted > 0 ? text.staysDeleted : text.staysRows
  return [...(hasWritten ? [fill(words, written)] : []), text.staysJob]
}
