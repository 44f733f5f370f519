import type { Job } from '../../src/domain/jobs/job.ts'
import { inMotion } from '../../src/domain/states/status.ts'
import { fill } from '../../src/i18n/console.ts'
import { number, type Ui } from '../ground/ui.ts'
import { rejectsUrl } from '../rejects/rejects-url.ts'

export type FreshRejectsProps = {
  ui: Ui
  job: Job
  /** Number of reject messages when the page with them was rendered. */
  seen?: number | undefined
  /** Rendered for a poll of an open page. */
  isPolled?: boolean | undefined
}

/**
 * New rejects are not inserted into the list; a link leads to them. The line is rendered empty
 * first, so that the page does not shift when it appears.
 */
export function FreshRejects({ ui, job, seen, isPolled }: FreshRejectsProps) {
  if (seen === undefined) return null
  const fresh = job.counters.errors + job.counters.warnings - seen
  if (fresh <= 0) {
    return isPolled === true || inMotion(job.status) ? <p class="fresh" /> : null
  }
  return (
    <p id="fresh-rejects" class="fresh">
      {fill(ui.text.rejects.fresh, { n: number(ui, fresh) })}{' '}
      <a id="show-fresh-rejects" href={rejectsUrl(ui, job.id, { cursor: 'last' })}>
        {ui.text.rejects.showFresh}
      </a>
    </p>
  )
}
