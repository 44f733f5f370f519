import type { ListedJob } from '../../src/domain/jobs/job.ts'
import { fill } from '../../src/i18n/console.ts'
import { submitInPlace } from '../ground/htmx.ts'
import { Page } from '../parts/layout.tsx'
import { StatusBadge } from '../parts/status-badge.tsx'
import type { Ui } from '../ground/ui.ts'
import { Consequences } from '../job/delete-job.tsx'
import { listQuery, type ListState } from './list-url.ts'

type DeleteJobsProps = {
  ui: Ui
  /** The list to return to. */
  state: ListState
  jobs: ListedJob[]
  /** Why other jobs cannot be deleted. */
  refused: string[]
}

/** Confirms the deletion of several jobs. When loaded in place, it replaces the list. */
export function DeleteJobsPage({ ui, state, jobs, refused }: DeleteJobsProps) {
  const { base, text } = ui
  const action = `${base}/jobs/commands${listQuery(state)}`
  return (
    <Page ui={ui} title={text.form.deleteMany}>
      <form
        id="jobs"
        class="job-form"
        method="post"
        action={action}
        {...submitInPlace(action, '#jobs')}
      >
        {/* The focus announces the new page, which is loaded in place. */}
        <h1 id="delete-title" tabindex={-1} autofocus>
          {text.form.deleteMany}
        </h1>
        <input type="hidden" name="sure" value="yes" />
        {jobs.length > 0 && <JobsToDelete ui={ui} jobs={jobs} />}
        {refused.length > 0 && <Consequences title={text.form.cannotGo} points={refused} />}
        <div class="form-buttons">
          {jobs.length > 0 && (
            <button
              type="submit"
              id="button-sure"
              name="command"
              value="delete"
              class="button button-danger"
            >
              {text.form.deleteSure}
            </button>
          )}{' '}
          <a id="button-keep" class="button" href={`${base}/jobs${listQuery(state)}`}>
            {text.form.deleteKeepAll}
          </a>
        </div>
      </form>
    </Page>
  )
}

function JobsToDelete({ ui, jobs }: { ui: Ui; jobs: ListedJob[] }) {
  const { base, text } = ui
  return (
    <>
      <input type="hidden" name="id" value={jobs.map(({ id }) => id).join('.')} />
      <ul class="delete-list">
        {jobs.map((job) => (
          <li>
            <StatusBadge ui={ui} job={job} />{' '}
            <a href={`${base}/jobs/${job.id}`}>
              {fill(text.form.numbered, { id: job.id, label: job.label })}
            </a>
          </li>
        ))}
      </ul>
      <Consequences
        title={text.form.goes}
        points={[text.form.goesJobs, text.form.goesAllRejects, text.form.goesAllResults]}
      />
      <Consequences title={text.form.stays} points={[text.form.staysAll]} />
    </>
  )
}
