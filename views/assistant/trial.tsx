import type { ChangedRow } from '../../src/domain/jobs/changed-row.ts'
import type { Job } from '../../src/domain/jobs/job.ts'
import { inMotion } from '../../src/domain/states/status.ts'
import type { Warnings } from '../../src/engine/jobs/warnings.ts'
import { fill } from '../../src/i18n/console.ts'
import { failureOnPage } from '../../src/i18n/outcome.ts'
import { pollPart } from '../ground/htmx.ts'
import { number, type Ui } from '../ground/ui.ts'
import { OutcomeBar } from '../parts/outcome-bar.tsx'
import { Tally } from '../parts/tally.tsx'
import { RejectReasons, type ReasonKind } from '../rejects/reject-reasons.tsx'
import { rejectsUrl } from '../rejects/rejects-url.ts'
import { JobWarnings } from '../tabs/job-warnings.tsx'
import { ChangesTable, NewRowsTable } from './changes-table.tsx'
import { AssistantText, type StepForm } from './step-fields.tsx'
import { stepPath } from './steps.ts'

export type TrialFound = {
  trial: Job
  /** The number of records that were to be tried; undefined: all. */
  records: number | undefined
  /** Whether the job was changed since. */
  isStale: boolean
  kinds: ReasonKind[]
  changes: ChangedRow[]
  warnings: Warnings
}

type TrialProps = {
  ui: Ui
  job: Job
  form: StepForm
  found: TrialFound | undefined
  /** Whether others wait for the rows that it would change. */
  isLocking: boolean
}

/** The trial of a job: its buttons, and what it found. */
export function Trial({ ui, job, form, found, isLocking }: TrialProps) {
  const words = ui.text.assistant.try
  const isMoving = found !== undefined && inMotion(found.trial.status)
  const url = stepPath(ui, job, 'try')
  const live = isMoving ? pollPart(url, '#trial', { seconds: 1 }) : {}
  return (
    <section class="card" id="trial" aria-labelledby="trial-title" {...live}>
      <h2 id="trial-title">{words.title}</h2>
      {found === undefined && <p class="quiet">{words.about}</p>}
      {isLocking && !isMoving && <p class="quiet">{words.locks}</p>}
      {isMoving ? (
        <>
          <p role="status">
            {words.wait} <a href={url}>{words.look}</a>
          </p>
          <OutcomeBar ui={ui} job={found.trial} />
        </>
      ) : (
        <div class="step-buttons trial-buttons">
          <AssistantText form={form} name="records" label={words.records} inputmode="numeric" />{' '}
          <button type="submit" id="button-try" name="act" value="try" class="button">
            {words.first}
          </button>{' '}
          <button type="submit" id="button-try-all" name="act" value="try_all" class="button">
            {words.all}
          </button>
        </div>
      )}
      {found !== undefined && !isMoving && <TrialResult ui={ui} {...found} />}
    </section>
  )
}

function TrialResult({ ui, trial, isStale, kinds, changes, warnings }: TrialFound & { ui: Ui }) {
  const words = ui.text.assistant.try
  const failure = failureOnPage(ui.language, trial)
  return (
    <>
      {isStale && <p class="misfits">{words.stale}</p>}
      {failure !== undefined && <p class="misfits">{fill(words.failed, { reason: failure })}</p>}
      <p>
        <a href={`${ui.base}/jobs/${trial.id}`}>{fill(words.job, { id: trial.id })}</a>{' '}
        <span class="quiet">
          ({fill(words.would, { n: number(ui, trial.counters.processed) })})
        </span>
      </p>
      <OutcomeBar ui={ui} job={trial} />
      <Tally
        ui={ui}
        job={trial}
        rejectsUrl={rejectsUrl(ui, trial.id, { type: 'error' })}
        isWarned={warnings.count > 0}
      />
      <JobWarnings ui={ui} job={trial} warnings={warnings} />
      <RejectReasons ui={ui} job={trial} kinds={kinds} />
      <ChangesTable ui={ui} job={trial} changes={changes} />
      <NewRowsTable ui={ui} job={trial} changes={changes} />
    </>
  )
}
