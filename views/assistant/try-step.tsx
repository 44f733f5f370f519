import type { Job } from '../../src/domain/jobs/job.ts'
import { inMotion } from '../../src/domain/states/status.ts'
import { fill } from '../../src/i18n/console.ts'
import type { Ui } from '../ground/ui.ts'
import type { FoundDialect } from '../formats/format-facts.ts'
import { Specification } from '../tabs/specification.tsx'
import { AssistantText, AssistantTick, type StepForm } from './step-fields.tsx'
import { LeaveButtons, StepPage } from './step-page.tsx'
import { Trial, type TrialFound } from './trial.tsx'

export type TryStepProps = {
  ui: Ui
  job: Job
  form: StepForm
  found: FoundDialect | undefined
  /** The last trial of this job. */
  trial: TrialFound | undefined
  /** Whether the same file was imported before, and the operator has to say so. */
  asksAgain: boolean
}

const REFRESH = { seconds: 5, hasForm: true }

/** Last step: a trial, and the start. */
export function TryStep(props: TryStepProps) {
  const { ui, job, form, found, trial } = props
  const isMoving = trial !== undefined && inMotion(trial.trial.status)
  return (
    <StepPage
      ui={ui}
      job={job}
      step="try"
      alert={form.alert}
      refresh={isMoving ? REFRESH : undefined}
    >
      <StartCard {...props} />
      <Trial ui={ui} job={job} found={trial} />
      <section class="card">
        <Specification ui={ui} job={job} found={found} />
      </section>
    </StepPage>
  )
}

function StartCard({ ui, job, form, asksAgain }: TryStepProps) {
  const { assistant, form: forms } = ui.text
  const words = assistant.try
  return (
    <section class="card" aria-labelledby="start-title">
      <h2 id="start-title">{words.startTitle}</h2>
      {asksAgain && <AssistantTick form={form} name="again" label={forms.labels.again} />}
      <AssistantText form={form} name="label" label={words.label} hint={forms.hints.label} />
      <div class="step-buttons">
        <button
          type="submit"
          id="button-start"
          name="act"
          value="start"
          class="button button-primary"
        >
          {words.start}
        </button>{' '}
        <button type="submit" id="button-back" name="act" value="back" class="button">
          {assistant.back}
        </button>{' '}
        <LeaveButtons ui={ui} job={job} />{' '}
        <button type="submit" id="button-template" name="act" value="template" class="button">
          {ui.text.templates.save.button}
        </button>
      </div>
      <details class="form-more" id="more-later" open={form.fault?.field === 'startAt'}>
        <summary>{words.later}</summary>
        <div class="form-columns">
          <AssistantText
            form={form}
            name="startAt"
            label={fill(words.at, { zone: ui.timeZone })}
            type="datetime-local"
          />
          <button type="submit" id="button-later" name="act" value="later" class="button">
            {words.startLater}
          </button>
        </div>
      </details>
    </section>
  )
}
