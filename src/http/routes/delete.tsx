import { Hono } from 'hono'
import { DeleteJobPage } from '../../../views/job/delete-job.tsx'
import { DELETABLE_STATUSES, isAllowed } from '../../domain/states/commands.ts'
import { ConflictError } from '../../domain/words/errors.ts'
import type { ListedJob } from '../../domain/jobs/job.ts'
import { deleteJobAndChildren } from '../../engine/cleanup/delete-job.ts'
import { wrongStatus } from '../../engine/ground/conflict.ts'
import { filesIn, isKeptIn } from '../../pipeline/export/result-file.ts'
import type { AppDeps, AppEnv } from '../middleware/env.ts'
import { idOf, jobOf } from '../middleware/params.ts'
import { showRefusal } from '../responses/show-job.tsx'

/** Deletes one job; what cannot be undone is asked for twice. */
export function deleteRoutes(deps: AppDeps) {
  const { db } = deps.store
  const { outbox } = deps.settings
  return new Hono<AppEnv>()
    .get('/jobs/:id{[0-9]+}/delete', async (c) => {
      const job = await jobOf(db, c)
      return isAllowed('delete', job.status)
        ? c.html(<DeleteJobPage ui={c.get('ui')} job={job} takesResult={isKeptIn(outbox, job)} />)
        : await showRefusal(c, deps, notDeletable(job))
    })
    .post('/jobs/:id{[0-9]+}/delete', async (c) => {
      try {
        const { operator: actor } = c.get('ui')
        await deleteJobAndChildren(db, idOf(c), { actor, now: deps.now(), files: filesIn(outbox) })
        deps.clearUp()
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error
        return await showRefusal(c, deps, error)
      }
      return c.redirect(`${c.get('ui').base}/jobs`, 303)
    })
}

function notDeletable({ id, status }: Pick<ListedJob, 'id' | 'status'>): ConflictError {
  return wrongStatus(id, status, 'delete', DELETABLE_STATUSES)
}
