import type { Job } from '../../src/domain/jobs/job.ts'
import type { Warnings } from '../../src/engine/jobs/warnings.ts'
import { messageOnPage } from '../../src/i18n/catalogue.ts'
import { fill } from '../../src/i18n/console.ts'
import { Icon } from '../parts/icon.tsx'
import { number, type Ui } from '../ground/ui.ts'
import { rejectsUrl } from '../rejects/rejects-url.ts'
import { pathOfTab } from './tabs.tsx'

type JobWarningsProps = { ui: Ui; job: Job; warnings: Warnings }

/** The first warnings of a job, with a link to all. */
export function JobWarnings({ ui, job, warnings: { entries, count } }: JobWarningsProps) {
  const { text, language } = ui
  const ofRecords = job.counters.warnings
  if (count === 0 && ofRecords === 0) return null
  return (
    <section class="warnings" id="warnings">
      <h2>
        <Icon ui={ui} name="warning" />
        {text.warnings.title}
      </h2>
      {count > 0 && (
        <ul>
          {entries.map((entry) => (
            <li>
              {messageOnPage(language, entry)} <code>{entry.code}</code>
            </li>
          ))}
        </ul>
      )}
      <p class="warnings-more">
        {count > 0 && (
          <a id="warnings-journal" href={`${pathOfTab(ui, job.id, 'journal')}?level=warning`}>
            {fill(text.warnings.inJournal, { n: number(ui, count) })}
          </a>
        )}
        {ofRecords > 0 && (
          <a id="warnings-records" href={rejectsUrl(ui, job.id, { type: 'warning' })}>
            {fill(text.warnings.ofRecords, { n: number(ui, ofRecords) })}
          </a>
        )}
      </p>
    </section>
  )
}
