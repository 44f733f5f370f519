import type { Child } from 'hono/jsx'
import type { Job } from '../../src/domain/jobs/job.ts'
import { fill } from '../../src/i18n/console.ts'
import { Page, type PageProps } from '../parts/layout.tsx'
import { Notice } from '../parts/notice.tsx'
import type { Ui } from '../ground/ui.ts'
import { rejectsUrl } from '../rejects/rejects-url.ts'
import { repairUrl } from './repair-url.ts'

export type RepairFrameProps = {
  ui: Ui
  job: Job
  title: string
  /** Beside the title. */
  tools?: Child
  /** Whether it is the page of one reason, below that of all. */
  isReason?: boolean
  /** Why something was refused. */
  alert?: string | undefined
  form?: PageProps['form']
  children?: Child
}

/** The frame of the repair pages: where they are, what they are about, and why something failed. */
export function RepairFrame(props: RepairFrameProps) {
  const { ui, job, title, tools, isReason = false, alert, form, children } = props
  const { base, text } = ui
  const { repair } = text
  return (
    <Page ui={ui} title={`${title} – ${fill(repair.ofJob, { id: job.id })}`} form={form}>
      <nav class="crumb" aria-label={text.jobPage.crumb}>
        <a href={`${base}/jobs`}>{text.layout.jobs}</a> /{' '}
        <a href={`${base}/jobs/${job.id}`}>{fill(repair.jobName, { id: job.id })}</a> /{' '}
        <a href={rejectsUrl(ui, job.id)}>{text.job.rejects}</a> /{' '}
        {isReason ? (
          <a id="repair-back" href={repairUrl(ui, job.id)}>
            {repair.crumb}
          </a>
        ) : (
          <span aria-current="page">{repair.crumb}</span>
        )}
      </nav>
      <div class="repair-head">
        <h1>{title}</h1>
        {tools}
      </div>
      {alert !== undefined && <Notice kind="error">{alert}</Notice>}
      {children}
    </Page>
  )
}
