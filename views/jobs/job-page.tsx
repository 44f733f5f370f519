import type { Child } from 'hono/jsx'
import { inMotion } from '../../src/domain/status.ts'
import { Page } from '../layout.tsx'
import type { Ui } from '../ui.ts'
import { JobLive, type JobLiveProps } from './job-live.tsx'
import { JobTitle } from './title.tsx'

/**
 * A job's page: head and tabs, which live, and below them what the tab alone shows. The title stands
 * outside of what lives, so that no poll takes the form away that it may have become.
 */
export function JobPage({ children, ...live }: JobLiveProps & { children?: Child }) {
  const { ui, job } = live
  return (
    <Page ui={ui} title={titleOf(ui, job)} refreshSeconds={inMotion(job.status) ? 5 : undefined}>
      <article id="job">
        <JobTitle ui={ui} job={job} tab={live.tab} />
        <JobLive {...live} />
        {children}
      </article>
    </Page>
  )
}

function titleOf({ text }: Ui, { id, label }: JobLiveProps['job']): string {
  return `${label} (${text.job.job} ${id})`
}
