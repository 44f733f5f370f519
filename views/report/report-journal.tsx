import type { Child } from 'hono/jsx'
import type { JournalEntry } from '../../src/domain/jobs/journal.ts'
import { fill } from '../../src/i18n/console.ts'
import { number, type Ui } from '../ground/ui.ts'
import { JournalHead, JournalRows } from '../tabs/journal.tsx'
import { pathOfTab } from '../tabs/tabs.tsx'

export type ReportJournalProps = {
  ui: Ui
  jobId: number
  /** Both lists are oldest first; entries between them are omitted. */
  first: JournalEntry[]
  last: JournalEntry[]
  leftOut: { count: number; isMore: boolean }
}

/** The printed journal: its beginning, its end, and the number of entries omitted between. */
export function ReportJournal({ ui, jobId, first, last, leftOut }: ReportJournalProps) {
  const { text } = ui
  return (
    <section class="report-section" tabindex={0} aria-label={text.job.journal}>
      <h2>{text.job.journal}</h2>
      <table class="table journal-table report-journal">
        <caption class="visually-hidden">{text.job.journal}</caption>
        <JournalHead ui={ui} />
        {first.length > 0 && (
          <tbody>
            <JournalRows ui={ui} entries={first} />
          </tbody>
        )}
        {leftOut.count > 0 && (
          <tbody>
            <tr>
              <td colspan={5} class="left-out">
                <LeftOut ui={ui} jobId={jobId} leftOut={leftOut} />
              </td>
            </tr>
          </tbody>
        )}
        <tbody>
          <JournalRows ui={ui} entries={last} />
        </tbody>
      </table>
    </section>
  )
}

type LeftOutProps = Pick<ReportJournalProps, 'ui' | 'jobId' | 'leftOut'>

function LeftOut({ ui, jobId, leftOut: { count, isMore } }: LeftOutProps): Child {
  const { leftOut, leftOutMany } = ui.text.report.journal
  const path = pathOfTab(ui, jobId, 'journal')
  return fill(isMore ? leftOutMany : leftOut, { n: number(ui, count), path })
}
