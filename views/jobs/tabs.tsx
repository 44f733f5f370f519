import type { Job } from '../../src/domain/job.ts'
import { number, type Ui } from '../ui.ts'

export const JOB_TABS = ['general', 'journal', 'rejects'] as const
export type JobTab = (typeof JOB_TABS)[number]

export function pathOfTab({ base }: Ui, id: number, tab: JobTab): string {
  return tab === 'general' ? `${base}/jobs/${id}` : `${base}/jobs/${id}/${tab}`
}

export function JobTabs({ ui, job, tab: open }: { ui: Ui; job: Job; tab: JobTab }) {
  return (
    <nav class="tabs" aria-label={ui.text.job.tabs}>
      {JOB_TABS.map((tab) => (
        <a
          id={`tab-${tab}`}
          href={pathOfTab(ui, job.id, tab)}
          aria-current={tab === open ? 'page' : undefined}
        >
          {ui.text.job[tab]}
          {tab === 'rejects' && <span class="count">{number(ui, job.counters.rejects)}</span>}
        </a>
      ))}
    </nav>
  )
}
