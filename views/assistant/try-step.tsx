import type { Job } from '../../src/domain/jobs/job.ts'
import type { Ui } from '../ground/ui.ts'
import { Specification, type FoundDialect } from '../tabs/specification.tsx'
import { AssistantText, AssistantTick, type StepForm } from './step-fields.tsx'
import { LeaveButtons, StepPage } from './step-page.tsx'

export type TryStepProps = {
  ui: Ui
  job: Job
  form: StepForm
  found: FoundDialect | undefined
  /** Whether the same file was imported before, and the operator has to say so. */
  asksAgain: boolean
}

/** Last step: what will be done, a trial, and the start. */
export function TryStep({ ui, job, form, found, asksAgain }: TryStepProps) {
  const { assistant, form: forms } = ui.text
  return (
    <StepPage ui={ui} job={job} step="try" alert={form.alert}>
      <section class="card" aria-labelledby="start-title">
        <h2 id="start-title">{assistant.names.try}</h2>
        {asksAgain && <AssistantTick form={form} name="again" label={forms.labels.again} />}
        <AssistantText
          form={form}
          name="label"
          label={assistant.try.label}
          hint={forms.hints.label}
        />
        <div class="step-buttons">
          <button
            type="submit"
            id="button-start"
            name="act"
            value="start"
            class="button button-primary"
          >
            {assistant.try.start}
          </button>{' '}
          <button type="submit" id="button-back" name="act" value="back" class="button">
            {assistant.back}
          </button>{' '}
          <LeaveButtons ui={ui} job={job} />
        </div>
      </section>
      <section class="card">
        <Specification ui={ui} job={job} found={found} />
      </section>
    </StepPage>
  )
}
