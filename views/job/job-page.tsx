import type { Child } from 'hono/jsx'
import { inMotion } from '../../src/domain/states/status.ts'
import { Page } from '../parts/layout.tsx'
import { QuestionDialog } from '../tabs/question.tsx'
import { Notice } from '../parts/notice.tsx'
import { JobLive, type JobLiveProps } from './job-live.tsx'
import { JobTools } from './job-tools.tsx'
import { JobCrumb, JobTitle, titleOf } from '../tabs/title.tsx'

export type JobPageProps = JobLiveProps & {
  /** Why the last command was refused. */
  alert?: string | undefined
  children?: Child
}

const REFRESH = { seconds: 5, hasForm: false }

/**
 * A job's page: live head and tabs, and below them the content of the tab. Parts that a poll must
 * not replace are outside the live part: the title, which may be a form now; the reason of a
 * refusal; and the form that creates a similar job, because the live part is rendered once for many
 * readers.
 */
export function JobPage({ children, alert, ...live }: JobPageProps) {
  const { ui, job, place } = live
  const refreshes = inMotion(job.status) && alert === undefined
  return (
    <Page ui={ui} title={titleOf(ui, job)} refresh={refreshes ? REFRESH : undefined}>
      <article id="job" class={`job job-${place.tab}`}>
        <JobCrumb ui={ui} job={job} />
        <div class="job-head">
          <JobTitle ui={ui} job={job} />
          <JobTools ui={ui} job={job} place={place} />
        </div>
        <div id="job-notice">{alert !== undefined && <Notice kind="error">{alert}</Notice>}</div>
        {job.repair_of === null && (
          <form id="form-new-job" method="post" action={`${ui.base}/jobs/${job.id}/duplicate`}>
            <input type="hidden" name="once" value={ui.idempotencyKey} />
          </form>
        )}
        <JobLive {...live} />
        {children}
        <QuestionDialog />
      </article>
    </Page>
  )
}
