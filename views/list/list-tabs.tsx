import type { Child } from 'hono/jsx'
import { LIST_TABS, type ListTab } from '../../src/domain/jobs/job-list.ts'
import type { ConsoleTexts } from '../../src/i18n/console.ts'
import { dayIn } from '../../src/i18n/format.ts'
import { Icon } from '../parts/icon.tsx'
import { countText, type Ui } from '../ground/ui.ts'
import { isFiltered, listQuery, type ListState } from './list-url.ts'

export type TabCounts = Record<ListTab | 'all', { count: number; isMore: boolean }>

export const TAB_NAMES = {
  in_motion: 'inMotion',
  failed: 'failed',
  with_rejects: 'withRejects',
  waiting: 'waiting',
} as const satisfies Record<ListTab, keyof ConsoleTexts['list']>

const ICONS = {
  in_motion: 'running',
  failed: 'failed',
  with_rejects: 'finished_rejects',
  waiting: 'start_pending',
} as const satisfies Record<ListTab, string>

type ListTabsProps = { ui: Ui; state: ListState; counts: TabCounts }

/** The tabs with their counts. A tab shows all of its jobs, whatever was searched for. */
export function ListTabs({ ui, state, counts }: ListTabsProps) {
  const { text } = ui
  const { sort, direction } = state
  return (
    <nav class="tabs list-tabs" aria-label={text.list.tabs}>
      {[undefined, ...LIST_TABS].map((tab) => (
        <>
          <Place
            ui={ui}
            to={{ sort, direction, tab }}
            isHere={state.tab === tab && (tab !== undefined || !isFiltered(state))}
          >
            {tab !== undefined && <Icon ui={ui} name={ICONS[tab]} />}
            {tab === undefined ? text.list.any : text.list[TAB_NAMES[tab]]}{' '}
            <b class="tab-count">{countText(ui, counts[tab ?? 'all'])}</b>
          </Place>{' '}
        </>
      ))}
    </nav>
  )
}

/** Links to common date ranges, combined with the other filters. */
export function Days({ ui, state }: { ui: Ui; state: ListState }) {
  const { text } = ui
  const yesterday = dayBefore(ui, 1)
  const { cursor: _cursor, from, to, ...rest } = state
  const choices = [
    { name: text.list.yesterday, from: yesterday, to: yesterday },
    { name: text.list.lastDays, from: dayBefore(ui, 6), to: undefined },
  ]
  return (
    <nav class="filter list-days" aria-label={text.list.days}>
      {choices.map(({ name, ...days }) => (
        <>
          <Place ui={ui} to={{ ...rest, ...days }} isHere={from === days.from && to === days.to}>
            {name}
          </Place>{' '}
        </>
      ))}
    </nav>
  )
}

type PlaceProps = { ui: Ui; to: ListState; isHere: boolean; children: Child }

function Place({ ui: { base }, to, isHere, children }: PlaceProps) {
  return (
    <a href={`${base}/jobs${listQuery(to)}`} aria-current={isHere ? 'page' : undefined}>
      {children}
    </a>
  )
}

const DAY_MS = 24 * 60 * 60 * 1000

function dayBefore({ now, timeZone }: Ui, days: number): string {
  const today = Date.parse(`${dayIn(now, timeZone)}T12:00:00Z`)
  return dayIn(new Date(today - days * DAY_MS), 'UTC')
}
