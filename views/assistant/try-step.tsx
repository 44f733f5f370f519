import type { Job } from '../../src/domain/jobs/job.ts'
import { inMotion } from '../../src/domain/states/status.ts'
import type { Ui } from '../ground/ui.ts'
import type { FoundDialect } from '../formats/format-facts.ts'
import { Specification } from '../tabs/specification.tsx'
import { StartCard } from './start-card.tsx'
import { AssistantTick, type StepForm } from './step-fields.tsx'
import { StepPage } from './step-page.tsx'
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
  /** Whether a trial locks the rows that it would change. */
  isLocking: boolean
}

const REFRESH = { seconds: 5, hasForm: true }

/** Last step: a trial, and the start. */
export function TryStep({ ui, job, form, found, trial, asksAgain, isLocking }: TryStepProps) {
  const isMoving = trial !== undefined && inMotion(trial.trial.status)
  return (
    <StepPage
      ui={ui}
      job={job}
      step="try"
      alert={form.alert}
      refresh={isMoving ? REFRESH : undefined}
    >
      <StartCard ui={ui} job={job} form={form} start={ui.text.form.import.start}>
        {asksAgain && <AssistantTick form={form} name="again" label={ui.text.form.labels.again} />}
      </StartCard>
      <Trial ui={ui} job={job} form={form} found={trial} isLocking={isLocking} />
      <Specification ui={ui} job={job} found={found} />
    </StepPage>
  )
}
