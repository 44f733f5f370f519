import type { ListedJob } from '../../src/domain/jobs/job.ts'
import { shareOf } from '../../src/domain/jobs/pace.ts'
import { formatPercent } from '../../src/i18n/format.ts'
import { shown } from '../../src/i18n/shown.ts'
import { ToldOutcomeBar } from '../parts/outcome-bar.tsx'
import { Stall } from '../parts/stall.tsx'
import type { Ui } from '../ground/ui.ts'

/** The newest jobs in motion, with their progress. */
export function Moving({ ui, jobs }: { ui: Ui; jobs: ListedJob[] }) {
  const { base, language, text } = ui
  return (
    <section class="panel">
      <h2>{text.today.inMotion}</h2>
      {jobs.length === 0 && <p class="quiet">{text.today.nothingMoves}</p>}
      {jobs.map((job) => {
        const share = shareOf(job)
        return (
          <div class="moving">
            <a href={`${base}/jobs/${job.id}`}>{shown(job.label)}</a>{' '}
            <span class="quiet">{share === null ? '' : formatPercent(language, share)}</span>
            <Stall ui={ui} job={job} /> <ToldOutcomeBar ui={ui} job={job} />
          </div>
        )
      })}
    </section>
  )
}
