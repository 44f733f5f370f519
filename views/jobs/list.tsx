import type { Child } from 'hono/jsx'
import { BULK_COMMANDS } from '../../src/domain/commands.ts'
import type { ListedJob } from '../../src/domain/job.ts'
import { inMotion } from '../../src/domain/status.ts'
import { actLabel } from '../../src/i18n/catalogue.ts'
import { asTyped } from '../../src/i18n/program-name.ts'
import { sendInPlace } from '../htmx.ts'
import { Page } from '../layout.tsx'
import { Icon } from '../parts/icon.tsx'
import { Pages } from '../parts/pages.tsx'
import type { Ui } from '../ui.ts'
import { BulkResults, type BulkResult } from './bulk-results.tsx'
import { ListFilter } from './list-filter.tsx'
import { JobRows } from './list-rows.tsx'
import { ListHead } from './list-head.tsx'
import { isFiltered, listQuery, type ListState } from './list-url.ts'

export type JobListProps = {
  ui: Ui
  state: ListState
  jobs: ListedJob[]
  next?: string | undefined
  previous?: string | undefined
  /** What became of a command for many jobs, one line each. */
  results?: BulkResult[] | undefined
  /** What somebody should look at, whichever jobs are shown. */
  warning?: string | undefined
}

const REFRESH = { seconds: 5, hasForm: true }

export function JobList({ ui, state, jobs, next, previous, results, warning }: JobListProps) {
  const { base, text } = ui
  // What became of a command stays until the operator has read it.
  const refreshes = results === undefined && jobs.some((job) => inMotion(job.status))
  const action = `${base}/jobs/commands${listQuery(state)}`
  return (
    <Page
      ui={ui}
      title={text.list.title}
      refresh={refreshes ? REFRESH : undefined}
      skips={[{ to: 'job-rows', words: text.list.skip }]}
    >
      <h1 class="visually-hidden">{text.list.title}</h1>
      {warning !== undefined && (
        <p class="notice" role="status">
          {warning}
        </p>
      )}
      <ListFilter ui={ui} state={state} />
      <ListForm action={action} hasJobs={jobs.length > 0}>
        {results !== undefined && <BulkResults ui={ui} results={results} />}
        {jobs.length > 0 && <BulkCommands ui={ui} />}
        <div class="scroller">
          <table class="table job-list">
            <caption class="visually-hidden">{text.list.title}</caption>
            <ListHead ui={ui} state={state} hasJobs={jobs.length > 0} />
            <JobRows ui={ui} jobs={jobs} />
          </table>
          {jobs.length === 0 && <EmptyList ui={ui} state={state} />}
        </div>
      </ListForm>
      <Pages
        ui={ui}
        url={(cursor) => `${base}/jobs${listQuery({ ...state, cursor })}`}
        next={next}
        previous={previous}
      />
    </Page>
  )
}

type ListFormProps = { action: string; hasJobs: boolean; children: Child }

/** Where there is nothing to select, nothing is sent. */
function ListForm({ action, hasJobs, children }: ListFormProps) {
  return hasJobs ? (
    <form id="jobs" method="post" action={action} {...sendInPlace(action, '#jobs')}>
      {children}
    </form>
  ) : (
    <div id="jobs">{children}</div>
  )
}

function BulkCommands({ ui }: { ui: Ui }) {
  const { text } = ui
  return (
    <div class="bulk" role="group" aria-label={text.list.withSelected}>
      <span class="quiet">{text.list.withSelected}</span>
      {BULK_COMMANDS.map((command) => (
        <button type="submit" name="command" value={command} id={`bulk-${command}`} class="button">
          {command !== 'delete' && <Icon ui={ui} name={command} />}
          {actLabel(ui.language, command)}
        </button>
      ))}
    </div>
  )
}

/** An empty list teaches what to do. */
function EmptyList({ ui: { base, text }, state }: { ui: Ui; state: ListState }) {
  if (isFiltered(state) || state.cursor !== undefined) {
    return (
      <p class="empty">
        {text.list.noMatch} <a href={`${base}/jobs`}>{text.list.clear}</a>
      </p>
    )
  }
  return (
    <div class="empty">
      <p>{text.list.empty}</p>
      <p>{text.list.emptyHint}</p>
      <p>
        <code>{asTyped('tallyman import people.csv --into people --create --key id')}</code>
      </p>
      <p>
        <a class="button button-primary" href={`${base}/jobs/new/import`}>
          {text.layout.newImport}
        </a>
      </p>
    </div>
  )
}
