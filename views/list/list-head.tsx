import type { JobSort } from '../../src/domain/jobs/job-list.ts'
import type { ConsoleTexts } from '../../src/i18n/console.ts'
import { fill } from '../../src/i18n/console.ts'
import type { Ui } from '../ground/ui.ts'
import { listQuery, sortBy, type ListState } from './list-url.ts'

type Column = { sort?: JobSort; name: keyof ConsoleTexts['list']; class: string }

const COLUMNS: Column[] = [
  { sort: 'status', name: 'status', class: 'col-status' },
  { sort: 'label', name: 'label', class: 'col-label' },
  { name: 'outcome', class: 'col-outcome wide-only' },
  { sort: 'started_at', name: 'startedAt', class: 'col-date wide-only' },
  { sort: 'ended_at', name: 'endedAt', class: 'col-date wide-only' },
  { sort: 'type', name: 'type', class: 'col-type wide-only' },
  { sort: 'duration', name: 'duration', class: 'col-duration number wide-only' },
  { sort: 'processed', name: 'processed', class: 'col-count number wide-only' },
  { sort: 'rejects', name: 'rejects', class: 'col-count number' },
]

/** The column headings, which sort; with JavaScript, the checkbox ticks all rows. */
export function ListHead({ ui, state, hasJobs }: { ui: Ui; state: ListState; hasJobs: boolean }) {
  const { base, text } = ui
  return (
    <thead>
      <tr>
        {hasJobs ? (
          <th scope="col" class="box">
            <label>
              <input type="checkbox" id="select-all" aria-label={text.list.selectAll} />
            </label>
          </th>
        ) : (
          <td class="box" />
        )}
        {COLUMNS.map(({ sort, name, class: kind }) => {
          if (sort === undefined) {
            return (
              <th scope="col" class={kind}>
                {text.list[name]}
              </th>
            )
          }
          const isSorted = state.sort === sort
          return (
            <th
              scope="col"
              class={kind}
              aria-sort={isSorted ? ARIA_SORT[state.direction] : undefined}
            >
              <a
                id={`sort-${sort}`}
                href={`${base}/jobs${listQuery(sortBy(state, sort))}`}
                title={fill(text.list.sortBy, { column: text.list[name] })}
              >
                {text.list[name]}
                {isSorted && <span aria-hidden="true">{ARROWS[state.direction]}</span>}
              </a>
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const
const ARROWS = { asc: '↑', desc: '↓' } as const
