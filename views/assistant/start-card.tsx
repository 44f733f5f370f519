import type { Child } from 'hono/jsx'
import type { Job } from '../../src/domain/jobs/job.ts'
import { fill } from '../../src/i18n/console.ts'
import type { Ui } from '../ground/ui.ts'
import { AssistantText, type StepForm } from './step-fields.tsx'
import { LeaveButtons } from './step-page.tsx'

type StartCardProps = {
  ui: Ui
  job: Job
  form: StepForm
  /** The words of the button. */
  start: string
  /** What else is asked before the start. */
  children?: Child
}

/** What ends an assistant: the job's name, its start now or later, and what keeps it for another time. */
export function StartCard({ ui, job, form, start, children }: StartCardProps) {
  const { assistant, form: forms } = ui.text
  const words = assistant.try
  return (
    <section class="card" aria-labelledby="start-title">
      <h2 id="start-title">{words.startTitle}</h2>
      <EnterKey ui={ui} />
      {children}
      <AssistantText form={form} name="label" label={words.label} hint={forms.hints.label} />
      <div class="step-buttons">
        <button
          type="submit"
          id="button-start"
          name="act"
          value="start"
          class="button button-primary"
        >
          {start}
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

/** The Enter key presses the first button of a form: in no field must it start a job. */
function EnterKey({ ui }: { ui: Ui }) {
  return (
    <button type="submit" name="act" value="again" hidden aria-label={ui.text.assistant.save} />
  )
}
