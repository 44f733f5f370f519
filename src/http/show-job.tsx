import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import { JobPage } from '../../views/jobs/job-page.tsx'
import type { JobLiveProps } from '../../views/jobs/job-live.tsx'
import type { JobTab } from '../../views/jobs/tabs.tsx'
import type { ConflictError } from '../domain/errors.ts'
import type { Job } from '../domain/job.ts'
import { paceOf } from '../domain/pace.ts'
import { samplesOf } from '../engine/samples.ts'
import { warningsOf } from '../engine/warnings.ts'
import { problemText } from '../i18n/catalogue.ts'
import type { AppDeps, AppEnv } from './env.ts'
import { readJournal } from './journal.tsx'
import { jobOf, placeOf } from './params.ts'
import { readRejects } from './rejects.tsx'

/** What a tab shows below the head that all share. */
export type TabContent = { content: Child } & Pick<JobLiveProps, 'follow' | 'seen'>

const READERS: Record<
  JobTab,
  (c: Context<AppEnv>, deps: AppDeps, job: Job) => Promise<TabContent>
> = {
  // The General tab is the head itself: all of it lives.
  general: () => Promise.resolve({ content: null }),
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
  const figures = await readFigures(deps, job)
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
  return await showJob(c, deps, tab, problemText(c.get('ui').language, problem))
}

/** What the head of a job's page tells besides the job itself. */
export async function readFigures(
  { store: { db }, now }: AppDeps,
  job: Job,
): Promise<Pick<JobLiveProps, 'pace' | 'warnings'>> {
  return {
    pace: paceOf(job, await samplesOf(db, job.id), now()),
    warnings: await warningsOf(db, job.id),
  }
}
