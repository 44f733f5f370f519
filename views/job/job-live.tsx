import type { Pace } from '../../src/domain/jobs/pace.ts'
import type { Repairs } from '../../src/engine/repair/repairs-of.ts'
import type { Warnings } from '../../src/engine/jobs/warnings.ts'
import { inMotion } from '../../src/domain/states/status.ts'
import { poll } from '../ground/htmx.ts'

import { JobControls } from './controls.tsx'
import { FreshRejects, type FreshRejectsProps } from './fresh-rejects.tsx'
import { GeneralFacts } from './general.tsx'
import { JobProgress } from './progress.tsx'
import type { ReasonKind } from '../rejects/reject-reasons.tsx'
import { RepairNote } from '../repair/repair-state.tsx'
import { JobTabs, placeQuery, type TabPlace } from '../tabs/tabs.tsx'
import type { KnownWorkers } from '../tabs/wait.tsx'

export type JobLiveProps = {
  place: TabPlace
  pace: Pace
  warnings: Warnings
  /** The kinds of rejects, shown only when the job no longer moves. */
  kinds: ReasonKind[]
  /** The jobs that repaired its rejects. */
  /** Undefined on tabs that do not tell them. */
  repairs: Repairs | undefined
  workers: KnownWorkers
  /**
   * Set if the page shows the end of the journal: the next poll brings the entries after this id.
   */
  follow?: { after: number } | undefined
} & FreshRejectsProps

/** The part of a job's page that polls once a second while the job is in motion. */
export function JobLive({ ui, job, place, follow, seen, isPolled, ...figures }: JobLiveProps) {
  const { pace, warnings, kinds, repairs, workers } = figures
  const { tab } = place
  const polling = inMotion(job.status)
    ? poll(liveUrl({ ui, job, place, follow, seen }), { seconds: 1, tag: String(job.revision) })
    : {}
  return (
    <div id="job-live" {...polling}>
      <div class="job-bar">
        <JobProgress ui={ui} job={job} pace={pace} />
        <JobControls ui={ui} job={job} place={place} seen={seen} workers={workers} />
      </div>
      <JobTabs ui={ui} job={job} tab={tab} />
      <FreshRejects ui={ui} job={job} seen={seen} isPolled={isPolled} />
      {tab === 'rejects' && <RepairNote ui={ui} job={job} repairs={repairs} />}
      {tab === 'general' && (
        <GeneralFacts ui={ui} job={job} warnings={warnings} kinds={kinds} repairs={repairs} />
      )}
    </div>
  )
}

type LiveUrlProps = Pick<JobLiveProps, 'ui' | 'job' | 'place' | 'follow' | 'seen'>

function liveUrl({ ui: { base }, job: { id }, place, follow, seen }: LiveUrlProps): string {
  const { tab, query } = place
  const shown = {
    ...(follow === undefined ? {} : { after: String(follow.after) }),
    ...(seen === undefined ? {} : { seen: String(seen) }),
  }
  return `${base}/jobs/${id}/live${placeQuery({ tab, query: { ...query, ...shown } })}`
}
