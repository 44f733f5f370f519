import { inMotion } from '../../src/domain/states/status.ts'
import { fill } from '../../src/i18n/console.ts'
import { number } from '../ground/ui.ts'
import type { JobLiveProps } from './job-live.tsx'
import { rejectsUrl } from '../rejects/rejects-url.ts'

type FreshRejectsProps = Pick<JobLiveProps, 'ui' | 'job' | 'seen' | 'isPolled'>

/**
 * The rejects on the screen stay where they are: who wants to see the newest is led to them. Its
 * line is there before it says anything, so that it moves nothing when it does.
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
