import type { ListedJob } from '../../src/domain/jobs/job.ts'
import { isHeld } from '../../src/domain/states/status.ts'
import type { FinalCommand } from '../../src/domain/states/commands.ts'
import { fill } from '../../src/i18n/console.ts'
import { QUESTION } from '../ground/htmx.ts'
import { Page } from '../parts/layout.tsx'
import { StatusBadge } from '../parts/status-badge.tsx'
import { number, type Ui } from '../ground/ui.ts'
import { Consequences } from '../job/delete-job.tsx'
import { listQuery, type ListState } from './list-url.ts'

type JobsQuestionProps = {
  ui: Ui
  command: FinalCommand
  /** The list that it leads back to. */
  state: ListState
  jobs: ListedJob[]
  /** Why it is not done with others. */
  refused: string[]
}

/** Asks before many jobs are cancelled or deleted: a page of its own, or a dialog on the list. */
export function JobsQuestionPage({ ui, command, state, jobs, refused }: JobsQuestionProps) {
  const { base } = ui
  const words = wordsOf(ui, command, jobs)
  const action = `${base}/jobs/commands${listQuery(state)}`
  return (
    <Page ui={ui} title={words.title}>
      <form id={QUESTION} class="job-form" method="post" action={action}>
        <h1 id="question-title" tabindex={-1} autofocus>
          {words.title}
        </h1>
        <input type="hidden" name="sure" value="yes" />
        {jobs.length > 0 && <Jobs ui={ui} jobs={jobs} />}
        {jobs.length > 0 && words.consequences.map((each) => <Consequences {...each} />)}
        {refused.length > 0 && <Consequences title={words.cannot} points={refused} />}
        <div class="form-buttons">
          {jobs.length > 0 && (
            <button
              type="submit"
              id="button-sure"
              name="command"
              value={command}
              class="button button-danger"
            >
              {words.sure}
            </button>
          )}{' '}
          <a id="button-keep" class="button" href={`${base}/jobs${listQuery(state)}`}>
            {words.keep}
          </a>
        </div>
      </form>
    </Page>
  )
}

function Jobs({ ui, jobs }: { ui: Ui; jobs: ListedJob[] }) {
  return (
    <>
      <input type="hidden" name="id" value={jobs.map(({ id }) => id).join('.')} />
      <ul class="delete-list">
        {jobs.map((job) => (
          <li>
            <StatusBadge ui={ui} job={job} />{' '}
            <a href={`${ui.base}/jobs/${job.id}`}>
              {fill(ui.text.form.numbered, { id: job.id, label: job.label })}
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

function wordsOf(ui: Ui, command: FinalCommand, jobs: ListedJob[]) {
  const { text } = ui
  const { form } = text
  const { cancel } = text.jobPage
  const n = number(ui, jobs.length)
  if (command === 'delete') {
    return {
      title: jobs.length === 0 ? form.deleteNone : fill(form.deleteMany, { n }),
      sure: form.deleteSure,
      keep: form.deleteKeepAll,
      cannot: form.cannotGo,
      consequences: [
        { title: form.goes, points: [form.goesJobs, form.goesAllRejects, form.goesAllResults] },
        { title: form.stays, points: [form.staysAll] },
      ],
    }
  }
  const happens = [
    ...(jobs.some(({ status }) => isHeld(status)) ? [cancel.batches] : []),
    cancel.stopMany,
    ...(jobs.some(({ type }) => type === 'export') ? [cancel.dropsParts] : []),
  ]
  return {
    title: jobs.length === 0 ? cancel.noneCan : fill(cancel.titleMany, { n }),
    sure: cancel.sure,
    keep: cancel.keepMany,
    cannot: cancel.cannot,
    consequences: [
      { title: cancel.happens, points: happens },
      { title: cancel.stays, points: [cancel.staysAllRows, cancel.staysJobs] },
    ],
  }
}
