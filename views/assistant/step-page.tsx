import type { Child } from 'hono/jsx'
import type { Job } from '../../src/domain/jobs/job.ts'
import { shown } from '../../src/i18n/shown.ts'
import { tableOf, type Template } from '../../src/domain/templates/template.ts'
import { TemplateNote, TemplatesLink } from '../forms/from-template.tsx'
import type { Ui } from '../ground/ui.ts'
import { Page } from '../parts/layout.tsx'
import { Notice } from '../parts/notice.tsx'
import type { Refresh } from '../parts/refresh.tsx'
import { JobCrumb } from '../tabs/title.tsx'
import {
  basisOf,
  stepAfter,
  stepBefore,
  stepPath,
  stepsWith,
  typeOfStep,
  type AssistantStep,
} from './steps.ts'

export type StepPageProps = {
  ui: Ui
  /** The job that is edited; undefined before there is one. */
  job: Job | undefined
  step: AssistantStep
  /** Why the form was refused, where no field is marked. */
  alert?: Child
  /** What comes before the form, and is none of it. */
  above?: Child
  /** What comes behind it. */
  below?: Child
  /** The template that a new job is made from. */
  template?: Template | undefined
  /** For a page that something moves on. */
  refresh?: Refresh | undefined
  children: Child
}

/** The frame of a step: the way so far, the form, and what leads on. */
export function StepPage(props: StepPageProps) {
  const { ui, job, step, alert, above, below, template, refresh, children } = props
  const { text, base } = ui
  const { assistant, form: forms } = text
  const type = typeOfStep(step)
  const basis = job && basisOf(step, job)
  const action = job === undefined ? `${base}/jobs/new/${type}` : stepPath(ui, job, step)
  const words = forms[type].title
  const title = job === undefined ? words : `${words}: ${shown(job.label)}`
  // Without JavaScript another language shows the step as it was saved.
  const form = {
    id: 'step-form',
    action,
    answers: template === undefined ? {} : { template: template.key },
  }
  return (
    <Page ui={ui} title={`${assistant.names[step]} – ${title}`} form={form} refresh={refresh}>
      {job !== undefined && <JobCrumb ui={ui} job={job} />}
      <h1>{title}</h1>
      <Steps ui={ui} job={job} step={step} />
      {alert !== undefined && <Notice kind="error">{alert}</Notice>}
      {template !== undefined && <TemplateNote ui={ui} template={template} />}
      {template === undefined && job === undefined && <TemplatesLink ui={ui} />}
      {above}
      <form class="step-form" id="step-form" method="post" action={action}>
        <input type="hidden" name="once" value={ui.idempotencyKey} />
        <input type="hidden" name="step" value={step} />
        {basis !== undefined && <input type="hidden" name="basis" value={basis} />}
        {template !== undefined && <input type="hidden" name="template" value={template.key} />}
        {children}
      </form>
      {below}
    </Page>
  )
}

function Steps({ ui, job, step: current }: Pick<StepPageProps, 'ui' | 'job' | 'step'>) {
  const { assistant } = ui.text
  const steps = stepsWith(current)
  const now = steps.indexOf(current)
  return (
    <nav class="steps" aria-label={assistant.steps}>
      <ol>
        {steps.map((step, at) => {
          const kind = at < now ? 'step-done' : at === now ? 'step-now' : 'step-ahead'
          const name = assistant.names[step]
          return (
            <li class={kind}>
              <span class="step-mark" aria-hidden="true">
                {at < now ? '✓' : at + 1}
              </span>{' '}
              {job === undefined || at === now ? (
                <span aria-current={at === now ? 'step' : undefined}>{name}</span>
              ) : (
                <a href={stepPath(ui, job, step)}>{name}</a>
              )}
              {at < now && <span class="visually-hidden"> ({assistant.done})</span>}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

const WHOLE = { import: 'try', export: 'output' } as const

/** Next first, so that the Enter key leads on. */
export function StepButtons({
  ui,
  job,
  step,
  template,
}: Pick<StepPageProps, 'ui' | 'job' | 'step' | 'template'>) {
  const { assistant } = ui.text
  // A template with a table leaves nothing but the file and the start.
  const isWhole = template !== undefined && tableOf(template) !== undefined
  const after = isWhole ? WHOLE[typeOfStep(step)] : stepAfter(step)
  return (
    <div class="step-buttons">
      {after !== undefined && after !== 'file' && after !== 'table' && (
        <button
          type="submit"
          id="button-next"
          name="act"
          value="next"
          class="button button-primary"
        >
          {assistant.next[after]}
        </button>
      )}{' '}
      {stepBefore(step) !== undefined && (
        <button type="submit" id="button-back" name="act" value="back" class="button">
          {assistant.back}
        </button>
      )}{' '}
      {job !== undefined && <LeaveButtons ui={ui} job={job} />}
    </div>
  )
}

export function LeaveButtons({ ui, job }: { ui: Ui; job: Job }) {
  const { assistant } = ui.text
  return (
    <>
      <button type="submit" id="button-save" name="act" value="save" class="button">
        {assistant.save}
      </button>{' '}
      <a id="button-discard" class="button" href={`${ui.base}/jobs/${job.id}/delete`}>
        {assistant.discard}
      </a>
    </>
  )
}
