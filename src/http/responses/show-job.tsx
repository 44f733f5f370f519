import type { Context } from 'hono'
import { JobAside } from '../../../views/job/job-aside.tsx'
import { JobPage } from '../../../views/job/job-page.tsx'
import type { JobTab } from '../../../views/tabs/tabs.tsx'
import type { ConflictError } from '../../domain/words/errors.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { problemOnPage } from '../../i18n/catalogue.ts'
import type { AppDeps, AppEnv } from '../ground/env.ts'
import { jobOf, tabPlaceOf } from '../ground/params.ts'
import { readAside, readFigures } from './figures.ts'
import { readJournal } from './journal-tab.tsx'
import { readRejects } from './rejects-tab.tsx'
import type { TabContent } from './tab-content.ts'

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
      place={tabPlaceOf(c, tab)}
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
