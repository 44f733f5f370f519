import type { Job } from '../../src/domain/jobs/job.ts'
import type { Sample } from '../../src/domain/jobs/pace.ts'
import type { Repairs } from '../../src/engine/repair/repairs-of.ts'
import type { Warnings } from '../../src/engine/jobs/warnings.ts'
import { fill } from '../../src/i18n/console.ts'
import { Page } from '../parts/layout.tsx'
import type { Ui } from '../ground/ui.ts'
import { PrintedFacts } from '../job/general.tsx'
import { RecordsChart } from '../charts/records-chart.tsx'
import { ReportHead } from './report-head.tsx'
import { ReportJournal, type ReportJournalProps } from './report-journal.tsx'
import { ReportRejects, type ReportRejectsProps } from './report-rejects.tsx'
import { ReportSignature } from './report-signature.tsx'
import type { FoundDialect } from '../formats/format-facts.ts'
import { Specification } from '../tabs/specification.tsx'
import { pathOfTab } from '../tabs/tabs.tsx'

export type ReportProps = {
  ui: Ui
  job: Job
  found: FoundDialect | undefined
  samples: Sample[]
  warnings: Warnings
  repairs: Repairs
  journal: Omit<ReportJournalProps, 'ui' | 'jobId'>
  rejects: Omit<ReportRejectsProps, 'ui' | 'job'>
}

/** The printed report of a job, without buttons or live parts. */
export function Report({ ui, job, found, samples, warnings, repairs, ...more }: ReportProps) {
  const { text } = ui
  const { journal, rejects } = more
  const { id, label } = job
  return (
    <Page ui={ui} title={fill(text.report.title, { id, label })}>
      <div class="report-tools">
        <a class="button" href={pathOfTab(ui, id, 'general')}>
          {text.report.back}
        </a>
        {/* The script inserts the print button, which needs JavaScript. */}
        <span id="print-place" data-text={text.report.print} />
      </div>
      <article class="report">
        <ReportHead ui={ui} job={job} />
        <div class="report-specification">
          <Specification ui={ui} job={job} found={found} />
        </div>
        <PrintedFacts ui={ui} job={job} warnings={warnings} repairs={repairs} />
        <section class="report-section report-chart">
          <h2>{text.report.chart.title}</h2>
          <RecordsChart ui={ui} job={job} samples={samples} />
        </section>
        <ReportRejects ui={ui} job={job} {...rejects} />
        <ReportJournal ui={ui} jobId={id} {...journal} />
        <ReportSignature ui={ui} />
      </article>
    </Page>
  )
}
