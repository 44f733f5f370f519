import type { Job } from '../../../src/domain/jobs/job.ts'
import { fill } from '../../../src/i18n/console.ts'
import type { Ui } from '../../ground/ui.ts'
import { Specification } from '../../tabs/specification.tsx'
import { StartCard } from '../start-card.tsx'
import type { StepForm } from '../step-fields.tsx'
import { StepPage } from '../step-page.tsx'

export type StartStepProps = {
  ui: Ui
  job: Job
  form: StepForm
  /** The run of the same template that a differential export goes on from. */
  last: number | undefined
}

/** Last step of an export: what it will do, and its start. */
export function StartStep({ ui, job, form, last }: StartStepProps) {
  return (
    <StepPage ui={ui} job={job} step="start" alert={form.alert}>
      <StartCard ui={ui} job={job} form={form} start={ui.text.form.export.start}>
        <Window ui={ui} job={job} last={last} />
      </StartCard>
      <Specification ui={ui} job={job} found={undefined} />
    </StepPage>
  )
}

/** Which changes a differential export will write. */
function Window({ ui, job, last }: Pick<StartStepProps, 'ui' | 'job' | 'last'>) {
  const words = ui.text.assistantExport.start
  if (job.type !== 'export' || job.specification.differential === null) return null
  if (last !== undefined) {
    return (
      <p>
        <a href={`${ui.base}/jobs/${last}`}>{fill(words.changedSince, { id: last })}</a>
      </p>
    )
  }
  return <p>{job.template === null ? words.noTemplate : words.firstRun}</p>
}
