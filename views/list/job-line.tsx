import type { ListedJob } from '../../src/domain/jobs/job.ts'
import { STANDARD_OUTPUT } from '../../src/domain/specification/specification.ts'
import { fill } from '../../src/i18n/console.ts'
import { failureOnPage } from '../../src/i18n/outcome.ts'
import { shown } from '../../src/i18n/shown.ts'
import type { Ui } from '../ground/ui.ts'

/** The line below a job's label: number, source and target, and operator; or why it failed. */
export function JobLine({ ui, job }: { ui: Ui; job: ListedJob }) {
  const failure = failureOnPage(ui.language, job)
  const parts = failure === undefined ? [sourceAndTarget(job), shown(job.created_by)] : [failure]
  const told = [String(job.id), ...parts].filter((part) => part !== undefined)
  return (
    <span class="job-line quiet">
      {told.join(' · ')}
      <Download ui={ui} job={job} />
    </span>
  )
}

/** Undefined if the label says the same. */
function sourceAndTarget({ type, label, file_name, target_table }: ListedJob): string | undefined {
  const way =
    type === 'import' ? `${file_name} → ${target_table}` : `${target_table} → ${file_name}`
  return way === label ? undefined : shown(way)
}

/** Nothing for an export to standard output, which left no file. */
function Download({ ui: { base, text }, job }: { ui: Ui; job: ListedJob }) {
  const { id, type, status, file_name: file } = job
  if (type !== 'export' || status !== 'finished' || file === STANDARD_OUTPUT) return null
  return (
    <>
      {' · '}
      <a
        id={`download-${id}`}
        href={`${base}/jobs/${id}/file`}
        download
        aria-label={fill(text.list.downloadFile, { file })}
      >
        {text.list.download}
      </a>
    </>
  )
}
