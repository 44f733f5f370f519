import type { Job } from '../../src/domain/jobs/job.ts'
import { Count } from '../parts/count.tsx'
import type { Ui } from '../ground/ui.ts'

export const JOB_TABS = ['general', 'journal', 'rejects'] as const
export type JobTab = (typeof JOB_TABS)[number]

/** A place in a job's page: the tab and its query, such as a filter. */
export type TabPlace = { tab: JobTab; query: Record<string, string> }

/** The query parameters of each tab. */
export const TAB_QUERIES = {
  general: [],
  journal: ['level', 'before'],
  rejects: ['type', 'code', 'field', 'cursor'],
} as const satisfies Record<JobTab, string[]>

export function pathOfTab({ base }: Ui, id: number, tab: JobTab): string {
  return tab === 'general' ? `${base}/jobs/${id}` : `${base}/jobs/${id}/${tab}`
}

export function pathOfPlace(ui: Ui, id: number, { tab, query }: TabPlace): string {
  const words = new URLSearchParams(query).toString()
  return `${pathOfTab(ui, id, tab)}${words === '' ? '' : `?${words}`}`
}

/** The place as a query, for commands that return to it. */
export function placeQuery({ tab, query }: TabPlace): string {
  return `?${new URLSearchParams({ tab, ...query })}`
}

export function JobTabs({ ui, job, tab: open }: { ui: Ui; job: Job; tab: JobTab }) {
  return (
    <nav class="tabs" aria-label={ui.text.job.tabs}>
      <ul>
        {JOB_TABS.map((tab) => (
          <li>
            <a
              id={`tab-${tab}`}
              href={pathOfTab(ui, job.id, tab)}
              aria-current={tab === open ? 'page' : undefined}
            >
              {ui.text.job[tab]}
              {tab === 'rejects' && ' '}
              {tab === 'rejects' && <Count ui={ui} value={job.counters.rejects} />}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
