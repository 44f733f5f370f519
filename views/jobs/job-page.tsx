import type { Child } from 'hono/jsx'
import { inMotion } from '../../src/domain/status.ts'
import { Page } from '../layout.tsx'
import type { Ui } from '../ui.ts'
import { JobLive, type JobLiveProps } from './job-live.tsx'

/** A job's page: head and tabs, which live, and below them what the tab alone shows. */
export function JobPage({ children, ...live }: JobLiveProps & { children?: Child }) {
  const { ui, job } = live
  return (
    <Page ui={ui} title={titleOf(ui, job)} refreshSeconds={inMotion(job.status) ? 5 : undefined}>
      <article id="job">
        <JobLive {...live} />
        {children}
      </article>
    </Page>
  )
}

function titleOf({ text }: Ui, { id, label }: JobLiveProps['job']): string {
  return `${label} (${text.job.job} ${id})`
}
