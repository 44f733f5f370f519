import { fill } from '../../src/i18n/console.ts'
import { number } from '../ui.ts'
import type { JobLiveProps } from './job-live.tsx'
import { rejectsUrl } from './rejects-url.ts'

/** The rejects on the screen stay where they are: who wants to see the newest is led to them. */
export function FreshRejects({ ui, job, seen }: Pick<JobLiveProps, 'ui' | 'job' | 'seen'>) {
  const fresh = seen === undefined ? 0 : job.counters.errors + job.counters.warnings - seen
  if (fresh <= 0) return null
  return (
    <p id="fresh-rejects" class="fresh">
      {fill(ui.text.rejects.fresh, { n: number(ui, fresh) })}{' '}
      <a id="show-fresh-rejects" href={rejectsUrl(ui, job.id, { cursor: 'last' })}>
        {ui.text.rejects.showFresh}
      </a>
    </p>
  )
}
