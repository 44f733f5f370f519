import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import { JobAside, type AsideProps } from '../../../views/job/job-aside.tsx'
import { JobPage } from '../../../views/job/job-page.tsx'
import type { JobLiveProps } from '../../../views/job/job-live.tsx'
import { SHOWN_REASONS, type ReasonKind } from '../../../views/rejects/reject-reasons.tsx'
import type { JobTab } from '../../../views/tabs/tabs.tsx'
import type { Db } from '../../db/store.ts'
import type { ConflictError } from '../../domain/words/errors.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { paceOf } from '../../domain/jobs/pace.ts'
import { inMotion } from '../../domain/states/status.ts'
import { countHeldJobs } from '../../engine/ground/held-jobs.ts'
import { lastRuns } from '../../engine/list/last-runs.ts'
import { listExamples } from '../../engine/rejects/rejects.ts'
import { samplesOf } from '../../engine/ground/samples.ts'
import { warningsOf } from '../../engine/jobs/warnings.ts'
import { problemOnPage } from '../../i18n/catalogue.ts'
import type { AppDeps, AppEnv } from '../middleware/env.ts'
import { readJournal } from '../routes/journal.tsx'
import { jobOf, placeOf } from '../middleware/params.ts'
import { dialectOf } from './readable-record.ts'
import { readRejects } from '../routes/rejects.tsx'

/** What a tab shows below the head that all share. */
export type TabContent = { content: Child } & Pick<JobLiveProps, 'follow' | 'seen'>

const READERS: Record<
  JobTab,
  (c: Context<AppEnv>, deps: AppDeps, job: Job) => Promise<TabContent>
> = {
  general: async (c, deps, job) => ({
    content: <JobAside ui={c.get('ui')} job={job} {...await readAside(deps, job)} />,
  }),
  journal: readJournal,
  rejects: readRejects,
}

/** Draws a tab of a job's page, with the reason where a command was refused. */
export async function showJob(
  c: Context<AppEnv>,
  deps: AppDeps,
  tab: JobTab,
  alert?: string,
): Promise<Response> {
  const job = await jobOf(deps.store.db, c)
  const { content, ...seen } = await READERS[tab](c, deps, job)
  const figures = await readFigures(deps, job, tab)
  return c.html(
    <JobPage
      ui={c.get('ui')}
      job={job}
      place={placeOf(c, tab)}
      {...figures}
      {...seen}
      alert={alert}
    >
      {content}
    </JobPage>,
    alert === undefined ? 200 : 409,
  )
}

/** The job as it is now, with the reason why a command was refused. */
export async function showRefusal(
  c: Context<AppEnv>,
  deps: AppDeps,
  { problem }: ConflictError,
  tab: JobTab = 'general',
): Promise<Response> {
  return await showJob(c, deps, tab, problemOnPage(c.get('ui').language, problem))
}

type Figures = Pick<JobLiveProps, 'pace' | 'warnings' | 'kinds' | 'workers'>

/** What the head of a job's page tells besides the job itself. */
export async function readFigures(
  { store: { db }, now, workers }: AppDeps,
  job: Job,
  tab: JobTab,
): Promise<Figures> {
  const isTold = tab === 'general' && !inMotion(job.status) && job.counters.rejects > 0
  return {
    pace: paceOf(job, await samplesOf(db, job.id), now()),
    warnings: await warningsOf(db, job.id),
    kinds: isTold ? await readReasons(db, job.id) : [],
    workers:
      job.status === 'start_pending' ? { ...workers(), busy: await countHeldJobs(db) } : undefined,
  }
}

/** Reasons of errors alone: warnings rejected nothing. */
async function readReasons(db: Db, id: number): Promise<ReasonKind[]> {
  const kinds = await listExamples(db, id, { kinds: SHOWN_REASONS, each: 1 })
  return kinds
    .filter(({ type }) => type === 'error')
    .map(({ examples: [example], ...kind }) => ({ ...kind, example }))
}

/** What is told beside the counters, and stays the same while the job runs. */
export async function readAside(
  { store: { db } }: Pick<AppDeps, 'store'>,
  job: Job,
): Promise<Pick<AsideProps, 'found' | 'runs'>> {
  return { found: dialectOf(job), runs: await lastRuns(db, job) }
}
