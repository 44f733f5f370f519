import { Hono } from 'hono'
import { DeleteJobPage } from '../../../views/job/delete-job.tsx'
import { DeleteJobsPage } from '../../../views/list/delete-jobs.tsx'
import { DELETABLE_STATUSES, isAllowed } from '../../domain/states/commands.ts'
import { ConflictError } from '../../domain/words/errors.ts'
import type { ListedJob } from '../../domain/jobs/job.ts'
import { deleteJobAndChildren } from '../../engine/cleanup/delete-job.ts'
import { listJobsByIds } from '../../engine/list/listed-job.ts'
import { noSuchJob, wrongStatus } from '../../engine/ground/conflict.ts'
import { problemText } from '../../i18n/catalogue.ts'
import { filesIn, isKeptIn } from '../../pipeline/export/result-file.ts'
import type { AppDeps, AppEnv } from '../middleware/env.ts'
import { idsOf, stateOf } from '../responses/list-state.ts'
import { idOf, jobOf } from '../middleware/params.ts'
import { showRefusal } from '../responses/show-job.tsx'

/** Deletes one job, or asks before many are deleted; what cannot be undone is asked for twice. */
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
    .get('/jobs/delete', async (c) => {
      const ui = c.get('ui')
      const ids = idsOf(c.req.query('ids'))
      if (ids.length === 0) return c.redirect(`${ui.base}/jobs`)
      const jobs = await listJobsByIds(db, [...new Set(ids)])
      const gone = ids.filter((id) => jobs.every((job) => job.id !== id)).map(noSuchJob)
      const kept = jobs.filter(({ status }) => !isAllowed('delete', status)).map(notDeletable)
      const refused = [...kept, ...gone].map(({ problem }) => problemText(ui.language, problem))
      return c.html(
        <DeleteJobsPage
          ui={ui}
          state={stateOf(c)}
          jobs={jobs.filter(({ status }) => isAllowed('delete', status))}
          refused={refused}
        />,
      )
    })
}

function notDeletable({ id, status }: Pick<ListedJob, 'id' | 'status'>): ConflictError {
  return wrongStatus(id, status, 'delete', DELETABLE_STATUSES)
}
