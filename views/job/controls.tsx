import { openRejectsOf, type Job } from '../../src/domain/jobs/job.ts'
import { nextStepOf, type StepName } from '../../src/domain/jobs/next-step.ts'
import { actLabel } from '../../src/i18n/catalogue.ts'
import { fill } from '../../src/i18n/console.ts'
import { formatSize } from '../../src/i18n/format.ts'
import { shown } from '../../src/i18n/shown.ts'
import {
  askInDialog,
  BESIDE_JOB_LIVE,
  handFocusTo,
  JOB_LIVE,
  submitInPlace,
} from '../ground/htmx.ts'
import { firstStepPath } from '../assistant/steps.ts'
import { Icon } from '../parts/icon.tsx'
import { number, type Ui } from '../ground/ui.ts'
import { rejectsUrl } from '../rejects/rejects-url.ts'
import { placeQuery, type TabPlace } from '../tabs/tabs.tsx'
import { Wait, type KnownWorkers } from '../tabs/wait.tsx'

type ControlsProps = {
  ui: Ui
  job: Job
  place: TabPlace
  seen?: number | undefined
  workers: KnownWorkers
}

/** The buttons for the next step and the alternatives, and why there is nothing to do. */
export function JobControls({ workers, ...props }: ControlsProps) {
  const { ui, job, place } = props
  const { step, others, wait } = nextStepOf(job)
  const steps = [step ?? [], others].flat().filter((one) => !isHere(one, place))
  return (
    <div
      id="job-controls"
      class="controls"
      role="group"
      aria-label={ui.text.job.controls}
      // Focusable, because Start and Pause replace each other and may both be missing for a while.
      tabindex={-1}
      {...handFocusTo('button-pause', 'button-start', 'job-controls')}
    >
      {steps.map((one) => (
        <>
          <StepButton {...props} step={one} isNext={one === step} />{' '}
        </>
      ))}
      {wait !== null && <Wait ui={ui} wait={wait} workers={workers} startAt={job.start_at} />}
    </div>
  )
}

/** Whether the page that the step leads to is already open. */
function isHere(step: StepName, { tab }: TabPlace): boolean {
  return step === 'look_at_rejects' && tab === 'rejects'
}

type StepProps = Omit<ControlsProps, 'workers'> & { step: StepName; isNext: boolean }

function StepButton({ step, ...props }: StepProps) {
  const { ui, job, place, seen, isNext } = props
  const { steps } = ui.text.jobPage
  const path = `${ui.base}/jobs/${job.id}`
  const look = isNext ? 'button button-primary' : 'button'
  switch (step) {
    case 'start':
    case 'pause':
      return <CommandForm {...props} command={step} label={actLabel(ui.language, step)} />
    case 'go_on':
      return <CommandForm {...props} command="start" label={steps.go_on} />
    case 'cancel': {
      const question = `${path}/cancel`
      return (
        <a
          id="button-cancel"
          class="button button-cancel"
          href={`${question}${placeQuery(place)}`}
          {...askInDialog(`${question}${placeSeen(place, seen)}`)}
        >
          <Icon ui={ui} name="cancel" />
          {actLabel(ui.language, 'cancel')}
        </a>
      )
    }
    case 'edit':
      return (
        <a id="button-specification" class={look} href={firstStepPath(ui, job)}>
          {ui.text.form.editSpecification}
        </a>
      )
    case 'repair':
      return (
        <a id="button-repair" class={look} href={`${rejectsUrl(ui, job.id)}/repair`}>
          {fill(steps.repair, { n: number(ui, openRejectsOf(job)) })}
        </a>
      )
    case 'look_at_rejects':
      return (
        <a id="button-rejects" class={look} href={rejectsUrl(ui, job.id)}>
          {steps.look_at_rejects}
        </a>
      )
    case 'change':
      return (
        <button
          type="submit"
          form="form-new-job"
          name="then"
          value="specification"
          id="button-change"
          class={look}
        >
          {steps.change}
        </button>
      )
    case 'run_again':
    case 'run_for_real': {
      const question = `${path}/run-again`
      const real = step === 'run_for_real'
      return (
        <a
          id={`button-${step.replaceAll('_', '-')}-now`}
          class={look}
          href={real ? `${question}?real=yes` : question}
          {...askInDialog(`${question}${placeSeen(place, seen)}${real ? '&real=yes' : ''}`)}
        >
          {step === 'run_for_real' ? steps.run_for_real : actLabel(ui.language, 'run_again')}
        </a>
      )
    }
    case 'download': {
      const name = shown(job.file_name)
      const size = formatSize(ui.language, job.file_size ?? 0)
      return (
        <a id="button-download" class={look} href={`${path}/file`} download={name}>
          {fill(steps.download, { name, size })}
        </a>
      )
    }
  }
}

type CommandProps = Omit<StepProps, 'step'> & { command: 'start' | 'pause'; label: string }

/** Submits in place, so that the job stays on the screen; the other steps open another page. */
function CommandForm({ ui, job, place, seen, isNext, command, label }: CommandProps) {
  const path = `${ui.base}/jobs/${job.id}/${command}`
  return (
    <form
      id={`form-${command}`}
      method="post"
      action={`${path}${placeQuery(place)}`}
      {...submitInPlace(`${path}${placeSeen(place, seen)}`, JOB_LIVE, ...BESIDE_JOB_LIVE)}
    >
      <button
        type="submit"
        id={`button-${command}`}
        class={isNext ? 'button button-primary' : 'button'}
      >
        <Icon ui={ui} name={command} />
        {label}
      </button>
    </form>
  )
}

/** In place the rejects on the screen stay, and so does what they are compared with. */
function placeSeen({ tab, query }: TabPlace, seen: number | undefined): string {
  return placeQuery(
    seen === undefined ? { tab, query } : { tab, query: { ...query, seen: String(seen) } },
  )
}
