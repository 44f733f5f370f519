import type { Context } from 'hono'
import { CancelJobPage } from '../../../views/job/cancel-job.tsx'
import { isAllowed } from '../../domain/states/commands.ts'
import { sourcesOf } from '../../domain/states/transitions.ts'
import { wrongStatus } from '../../engine/ground/conflict.ts'
import type { AppDeps, AppEnv } from '../middleware/env.ts'
import { jobOf, placeOf } from '../middleware/params.ts'
import { showRefusal } from '../responses/show-job.tsx'

/** The question before a job is cancelled; where it can't be, the reason. */
export async function askBeforeCancel(c: Context<AppEnv>, deps: AppDeps): Promise<Response> {
  const job = await jobOf(deps.store.db, c)
  const place = placeOf(c)
  if (isAllowed('cancel', job.status)) {
    return c.html(<CancelJobPage ui={c.get('ui')} job={job} place={place} />)
  }
  const refused = wrongStatus(job.id, job.status, 'cancel', sourcesOf('cancel'))
  return await showRefusal(c, deps, refused, place.tab)
}
