import { fill } from '../../src/i18n/console.ts'
import { poll } from '../ground/htmx.ts'
import { countText, type Ui } from '../ground/ui.ts'
import { FIRST_PAGE, listQuery, type ListState } from './list-url.ts'

const SECONDS = 10

/** Which jobs are new: those that match, and came after the newest one when the list was made. */
export type NewJobsProps = {
  ui: Ui
  state: ListState
  newest: number
  found: { count: number; isMore: boolean }
}

/** Jobs that came since, told beside the list: a row that came by itself would move all others. */
export function NewJobs({ ui, state, newest, found }: NewJobsProps) {
  const { base, text } = ui
  const { cursor: _cursor, sort: _sort, direction: _direction, ...filter } = state
  const query = listQuery({ ...filter, ...FIRST_PAGE })
  const url = `${base}/jobs/new${query === '' ? '?' : `${query}&`}newest=${newest}`
  return (
    <p id="new-jobs" role="status" {...poll(url, { seconds: SECONDS, tag: newJobsTag(found) })}>
      {found.count > 0 && (
        <>
          {fill(text.list.newJobs, { n: countText(ui, found) })}
          {' · '}
          <a id="show-new-jobs" href={`${base}/jobs${query}`}>
            {text.list.show}
          </a>
        </>
      )}
    </p>
  )
}

/** Tells one answer from another. */
export function newJobsTag({ count, isMore }: NewJobsProps['found']): string {
  return `new-${count}${isMore ? '-more' : ''}`
}
