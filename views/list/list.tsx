import type { Child } from 'hono/jsx'
import type { Template } from '../../src/domain/templates/template.ts'
import { inMotion } from '../../src/domain/states/status.ts'
import { fill } from '../../src/i18n/console.ts'
import { submitInPlace } from '../ground/htmx.ts'
import { Page } from '../parts/layout.tsx'
import { Notice, Warning } from '../parts/notice.tsx'
import { Pages } from '../parts/pages.tsx'
import { QuestionDialog } from '../tabs/question.tsx'
import { PageTop } from '../parts/page-top.tsx'
import type { Ui } from '../ground/ui.ts'
import { Begin } from '../today/begin.tsx'
import { BulkResults, type BulkResult } from './bulk-results.tsx'
import { BulkCommands, type Matching } from './list-bulk.tsx'
import { ListFilter } from './list-filter.tsx'
import { JobRows, type JobRowsProps } from './list-rows.tsx'
import { ListHead } from './list-head.tsx'
import { ListTabs, type TabCounts } from './list-tabs.tsx'
import { isFiltered, listQuery, type ListState } from './list-url.ts'
import { NewJobs } from './new-jobs.tsx'

export type JobListProps = JobRowsProps & {
  state: ListState
  next?: string | undefined
  previous?: string | undefined
  counts: TabCounts
  /** The templates that the list can be filtered by. */
  templates: Template[]
  /** The highest job id, whether the job matches or not. */
  newest: number
  matching?: Matching | undefined
  /** The parameters of the query that are invalid. */
  wrong: string[]
  /** The results of a bulk command, one line per job. */
  results?: BulkResult[] | undefined
  /** A warning that does not depend on the jobs shown. */
  warning?: string | undefined
}

const REFRESH = { seconds: 5, hasForm: true }

export function JobList(props: JobListProps) {
  const { ui, state, jobs, next, previous, results } = props
  const { base, text } = ui
  // No refresh while results are shown, so that the operator can read them.
  const refreshes = results === undefined && jobs.some((job) => inMotion(job.status))
  const action = `${base}/jobs/commands${listQuery(state)}`
  return (
    <Page
      ui={ui}
      title={text.list.title}
      refresh={refreshes ? REFRESH : undefined}
      skips={[{ to: 'job-rows', words: text.list.skip }]}
    >
      <PageTop ui={ui} title={text.list.title} />
      <Warnings {...props} />
      <ListTabs ui={ui} state={state} counts={props.counts} />
      <ListFilter ui={ui} state={state} templates={props.templates}>
        <NewJobs ui={ui} state={state} newest={props.newest} found={{ count: 0, isMore: false }} />
      </ListFilter>
      <ListForm action={action} hasJobs={jobs.length > 0}>
        {results !== undefined && <BulkResults ui={ui} results={results} />}
        <div class="scroller">
          <table class="table job-list">
            <caption class="visually-hidden">{text.list.title}</caption>
            <ListHead ui={ui} state={state} hasJobs={jobs.length > 0} />
            <JobRows ui={ui} jobs={jobs} repairers={props.repairers} />
          </table>
          {jobs.length === 0 && <EmptyList ui={ui} state={state} />}
        </div>
        {jobs.length > 0 && <BulkCommands ui={ui} matching={props.matching} action={action} />}
      </ListForm>
      <QuestionDialog />
      <Pages
        ui={ui}
        url={(cursor) => `${base}/jobs${listQuery({ ...state, cursor })}`}
        next={next}
        previous={previous}
      />
    </Page>
  )
}

function Warnings({ ui: { text }, wrong, warning }: JobListProps) {
  return (
    <>
      <Warning text={warning} />
      {wrong.length > 0 && (
        <Notice kind="error">
          {wrong.map((part) => fill(text.list.wrong, { part })).join(' ')}
        </Notice>
      )}
    </>
  )
}

type ListFormProps = { action: string; hasJobs: boolean; children: Child }

/** No form if there is nothing to select. */
function ListForm({ action, hasJobs, children }: ListFormProps) {
  return hasJobs ? (
    <form id="jobs" method="post" action={action} {...submitInPlace(action, '#jobs')}>
      {children}
    </form>
  ) : (
    <div id="jobs">{children}</div>
  )
}

/** An empty list explains what to do. */
function EmptyList({ ui, state }: { ui: Ui; state: ListState }) {
  const { base, text } = ui
  if (isFiltered(state) || state.cursor !== undefined) {
    return (
      <p class="empty">
        {text.list.noMatch} <a href={`${base}/jobs`}>{text.list.clear}</a>
      </p>
    )
  }
  return (
    <>
      <p class="empty">{text.list.empty}</p>
      <Begin ui={ui} />
    </>
  )
}
