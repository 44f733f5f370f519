import { forReal, type Job } from '../../src/domain/jobs/job.ts'
import { fill } from '../../src/i18n/console.ts'
import type { Ui } from '../ground/ui.ts'
import { Consequences } from './delete-job.tsx'
import { Question } from '../tabs/question.tsx'
import { Specification, type FoundDialect } from '../tabs/specification.tsx'

type RunAgainProps = {
  ui: Ui
  job: Job
  /** Whether it was a dry run and will be one no more. */
  isReal: boolean
  found: FoundDialect | undefined
  /** Why its rows would be in the table twice, where they would. */
  why?: string | undefined
}

/** Asks before a job runs again, and says what that will do. */
export function RunAgainPage({ ui, job, isReal, found, why }: RunAgainProps) {
  const { form, jobPage } = ui.text
  const { again: text } = jobPage
  const again = isReal ? forReal(job) : job
  const stays = [fill(text.staysJob, { id: job.id })]
  const keep = why === undefined ? text.keep : form.againKeep
  return (
    <Question
      ui={ui}
      job={job}
      title={fill(form.againTitle, { id: job.id })}
      action={`${ui.base}/jobs/${job.id}/run-again`}
      sure={
        why === undefined ? <Again label={text.sure} /> : <Again label={form.labels.again} isTold />
      }
      keep={{ label: keep, href: `${ui.base}/jobs/${job.id}` }}
    >
      <input type="hidden" name="once" value={ui.once} />
      {isReal && <input type="hidden" name="real" value="yes" />}
      {why !== undefined && <p id="why">{why}</p>}
      <Consequences title={text.happens} points={happensAgain(ui, again, isReal)} />
      <Consequences title={text.stays} points={stays} />
      <Specification ui={ui} job={again} found={found} />
    </Question>
  )
}

/** Who was told that rows will be there twice says by the button that it is meant so. */
function Again({ label, isTold = false }: { label: string; isTold?: boolean }) {
  const told = isTold ? { name: 'again', value: 'yes' } : {}
  return (
    <button
      type="submit"
      id="button-sure"
      class={isTold ? 'button button-danger' : 'button button-primary'}
      {...told}
    >
      {label}
    </button>
  )
}

function happensAgain(ui: Ui, job: Job, isReal: boolean): string[] {
  const { again: text } = ui.text.jobPage
  const names = { file: job.file_name, table: job.target_table }
  if (job.type === 'export') return [text.newJob, fill(text.exports, names)]
  return [
    text.newJob,
    fill(text.operations[job.specification.operation], names),
    ...(isReal ? [text.forReal] : job.dry_run ? [text.dry] : []),
  ]
}
