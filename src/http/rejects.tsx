import { Hono, type Context } from 'hono'
import { Rejects } from '../../views/jobs/rejects.tsx'
import type { Job } from '../domain/job.ts'
import { pageOfRejects } from '../engine/rejects.ts'
import type { AppDeps, AppEnv } from './env.ts'
import type { TabContent } from './show-job.tsx'

const PAGE_SIZE = 50

export function rejectRoutes(_deps: AppDeps) {
  return new Hono<AppEnv>()
}

/** The Rejects tab: a page of them in the order of the source. */
export async function readRejects(
  c: Context<AppEnv>,
  { store }: AppDeps,
  job: Job,
): Promise<TabContent> {
  const page = await pageOfRejects(store.db, job.id, {
    cursor: c.req.query('cursor'),
    limit: PAGE_SIZE,
  })
  return { content: <Rejects ui={c.get('ui')} rejects={page.rejects} /> }
}
