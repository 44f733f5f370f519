import { storedIds } from '../../src/domain/specification/stored-path.ts'
import { isOver } from '../../src/domain/states/status.ts'
import { openRejectsOf, type Job } from '../../src/domain/jobs/job.ts'
import { fill } from '../../src/i18n/console.ts'
import { shown } from '../../src/i18n/shown.ts'
import { Page } from '../parts/layout.tsx'
import { StatusBadge } from '../parts/status-badge.tsx'
import { number, type Ui } from '../ground/ui.ts'

type DeleteJobProps = {
  ui: Ui
  job: Job
  /**
   * Whether its result file is deleted too: only in the output folder, not at a path that an
   * operator chose.
   */
  takesResult: boolean
}

/** Confirms the deletion of a job, and lists what is deleted and what stays. */
export function DeleteJobPage({ ui, job, takesResult }: DeleteJobProps) {
  const { base, text } = ui
  const title = fill(text.form.deleteTitle, { id: job.id })
  return (
    <Page ui={ui} title={title}>
      <form class="job-form" method="post" action={`${base}/jobs/${job.id}/delete`}>
        <h1>{title}</h1>
        <p class="delete-name">
          <StatusBadge ui={ui} job={job} /> <b>{shown(job.label)}</b>
        </p>
        <Consequences title={text.form.goes} points={deletedParts(ui, job, takesResult)} />
        <Consequences title={text.form.stays} points={keptParts(ui, job, takesResult)} />
        <div class="form-buttons">
          <button type="submit" id="button-sure" class="button button-danger">
            {text.form.deleteSure}
          </button>{' '}
          <a id="button-keep" class="button" href={`${base}/jobs/${job.id}`}>
            {text.form.deleteKeep}
          </a>
        </div>
      </form>
    </Page>
  )
}

export function Consequences({ title, points }: { title: string; points: string[] }) {
  if (points.length === 0) return null
  return (
    <div>
      <p>{title}</p>
      <ul>
        {points.map((point) => (
          <li>{point}</li>
        ))}
      </ul>
    </div>
  )
}

/** The server has its own copy of such a file, as long as a job needs it. */
function isUploaded({ type, specification }: Job): boolean {
  return type === 'import' && storedIds(specification).length > 0
}

function deletedParts(ui: Ui, all: Job, takesResult: boolean) {
  const { type, status, counters, ...job } = all
  const { form } = ui.text
  const rejects = fill(form.goesRejects, { n: number(ui, counters.rejects) })
  return [
    form.goesJournal,
    ...(counters.rejects > 0 ? [rejects] : []),
    ...repairsOf(ui, all),
    ...(type === 'export' && status === 'failed' ? [form.goesPart] : []),
    ...(type === 'import' && isUploaded(all)
      ? [fill(form.goesUpload, { name: job.file_name })]
      : []),
    ...(takesResult ? [fill(form.goesResult, { name: job.file_name })] : []),
  ]
}

/** What becomes of open rejects, and of those that a linked job has not come to. */
function repairsOf(ui: Ui, job: Job): string[] {
  const { form } = ui.text
  const open = openRejectsOf(job)
  const isUnfinished = job.repair_of !== null && job.status === 'failed'
  return [
    ...(open > 0 ? [fill(form.goesOpen, { n: number(ui, open) })] : []),
    ...(isUnfinished ? [fill(form.goesBack, { id: job.repair_of ?? 0 })] : []),
  ]
}

function keptParts(ui: Ui, all: Job, takesResult: boolean) {
  const { type, status, ...job } = all
  const { form } = ui.text
  const name = job.file_name
  const rows = fill(form.staysRows, { table: job.target_table })
  if (type === 'import') {
    const linked = job.repaired > 0 ? [form.staysLinked] : []
    const source = isUploaded(all) ? [] : [fill(form.staysSource, { name })]
    return [...(isOver(status) ? [rows] : []), ...linked, ...source]
  }
  return [
    rows,
    ...(status === 'finished' && !takesResult ? [fill(form.staysResult, { name })] : []),
  ]
}
