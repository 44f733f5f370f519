import { fill } from '../../src/i18n/console.ts'
import { poll } from '../ground/htmx.ts'
import { countText, type Ui } from '../ground/ui.ts'
import { FIRST_PAGE, listQuery, type ListState } from './list-url.ts'

const SECONDS = 10

/** New jobs: those that match and were created after the list was rendered. */
export type NewJobsProps = {
  ui: Ui
  state: ListState
  newest: number
  found: { count: number; isMore: boolean }
}

/** A note about new jobs beside the list; inserted rows would move the others. */
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

/** A tag that changes with the note. */
export function newJobsTag({ count, isMore }: NewJobsProps['found']): string {
  return `new-${count}${isMore ? '-more' : ''}`
}
