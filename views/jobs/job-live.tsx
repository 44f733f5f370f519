import type { Level } from '../../src/domain/messages.ts'
import type { Pace } from '../../src/domain/pace.ts'
import type { Job } from '../../src/domain/job.ts'
import { inMotion } from '../../src/domain/status.ts'
import { poll } from '../htmx.ts'
import { Notice } from '../parts/notice.tsx'
import type { Ui } from '../ui.ts'
import { JobControls } from './controls.tsx'
import { FreshRejects } from './fresh-rejects.tsx'
import { GeneralFacts } from './general.tsx'
import { JobProgress } from './progress.tsx'
import { JobTabs, type JobTab } from './tabs.tsx'

export type JobLiveProps = {
  ui: Ui
  job: Job
  tab: JobTab
  pace: Pace
  /** Where the page shows the journal's end: the next poll brings the entries after this one. */
  follow?: { after: number; level?: Level | undefined } | undefined
  /** How many messages about rejects there were when the page with them was drawn. */
  seen?: number | undefined
  /** Why a command was refused. */
  alert?: string | undefined
}

/** The part of a job's page that asks for itself once a second while the job is in motion. */
export function JobLive({ ui, job, tab, pace, follow, seen, alert }: JobLiveProps) {
  const polling = inMotion(job.status)
    ? poll(liveUrl({ ui, job, tab, follow, seen }), { seconds: 1, tag: String(job.revision) })
    : {}
  return (
    <div id="job-live" {...polling}>
      {alert !== undefined && <Notice kind="error">{alert}</Notice>}
      <div class="job-bar">
        <JobProgress ui={ui} job={job} pace={pace} />
        <JobControls ui={ui} job={job} tab={tab} />
      </div>
      <JobTabs ui={ui} job={job} tab={tab} />
      <FreshRejects ui={ui} job={job} seen={seen} />
      {tab === 'general' && <GeneralFacts ui={ui} job={job} />}
    </div>
  )
}

type LiveUrlProps = Pick<JobLiveProps, 'ui' | 'job' | 'tab' | 'follow' | 'seen'>

function liveUrl({ ui: { base }, job: { id }, tab, follow, seen }: LiveUrlProps): string {
  const query = new URLSearchParams({ tab })
  if (follow !== undefined) query.set('after', String(follow.after))
  if (follow?.level !== undefined) query.set('level', follow.level)
  if (seen !== undefined) query.set('seen', String(seen))
  return `${base}/jobs/${id}/live?${query}`
}
