import { forReal, type Job } from '../../src/domain/jobs/job.ts'
import { fill } from '../../src/i18n/console.ts'
import type { Ui } from '../ground/ui.ts'
import { Consequences } from './delete-job.tsx'
import { Question } from '../tabs/question.tsx'
import type { FoundDialect } from '../formats/format-facts.ts'
import { Specification } from '../tabs/specification.tsx'

type RunAgainProps = {
  ui: Ui
  job: Job
  /** Whether a dry run is repeated for real. */
  isReal: boolean
  found: FoundDialect | undefined
  /** Why its rows would be in the table twice, if they would. */
  why?: string | undefined
}

/** Confirms that a job runs again, and lists the effects. */
export function RunAgainPage({ ui, job, isReal, found, why }: RunAgainProps) {
  const { form, jobPage } = ui.text
  const { again: text, steps } = jobPage
  const again = isReal ? forReal(job) : job
  const stays = [fill(text.staysJob, { id: job.id })]
  const keep = why === undefined ? text.keep : form.againKeep
  return (
    <Question
      ui={ui}
      job={job}
      title={fill(isReal ? text.realTitle : form.againTitle, { id: job.id })}
      action={`${ui.base}/jobs/${job.id}/run-again`}
      sure={
        why === undefined ? (
          <RunAgainButton label={isReal ? steps.run_for_real : text.sure} />
        ) : (
          <RunAgainButton label={form.labels.again} isConfirming />
        )
      }
      keep={{ label: keep, href: `${ui.base}/jobs/${job.id}` }}
    >
      <input type="hidden" name="once" value={ui.idempotencyKey} />
      {isReal && <input type="hidden" name="real" value="yes" />}
      {why !== undefined && <p id="why">{why}</p>}
      <Consequences title={text.happens} points={effectsOf(ui, again, isReal)} />
      <Consequences title={text.stays} points={stays} />
      <Specification ui={ui} job={again} found={found} />
    </Question>
  )
}

/** After the warning about duplicate rows, the button sends `again` as the confirmation. */
function RunAgainButton({
  label,
  isConfirming = false,
}: {
  label: string
  isConfirming?: boolean
}) {
  const confirmation = isConfirming ? { name: 'again', value: 'yes' } : {}
  return (
    <button
      type="submit"
      id="button-sure"
      class={isConfirming ? 'button button-danger' : 'button button-primary'}
      {...confirmation}
    >
      {label}
    </button>
  )
}

function effectsOf(ui: Ui, job: Job, isReal: boolean): string[] {
  const { again: text } = ui.text.jobPage
  const names = { file: job.file_name, table: job.target_table }
  if (job.type === 'export') {
    const isOfChanges = job.specification.differential !== null && job.template !== null
    return [text.newJob, fill(isOfChanges ? text.exportsChanges : text.exports, names)]
  }
  return [
    text.newJob,
    fill(text.operations[job.specification.operation], names),
    ...(isReal ? [text.forReal] : job.dry_run ? [text.dry] : []),
  ]
}
