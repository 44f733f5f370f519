import { DeleteJobPage } from '../../../views/job/delete-job.tsx'
import { DELETABLE_STATUSES, isAllowed } from '../../domain/states/commands.ts'
import { ConflictError } from '../../domain/words/errors.ts'
import type { ListedJob } from '../../domain/jobs/job.ts'
import { deleteJobAndChildren } from '../../engine/cleanup/delete-job.ts'
import { wrongStatus } from '../../engine/ground/conflict.ts'
import { filesIn, isKeptIn } from '../../pipeline/export/result-file.ts'
import type { Handler } from '../ground/route.ts'
import type { AppDeps } from '../ground/env.ts'
import { idOf, jobOf } from '../ground/params.ts'
import { showRefusal } from '../responses/show-job.tsx'

/** The question before a job is deleted; where it can't be, the reason. */
export function askBeforeDelete(deps: AppDeps): Handler {
  const { outbox } = deps.settings
  return async (c) => {
    const job = await jobOf(deps.store.db, c)
    return isAllowed('delete', job.status)
      ? c.html(<DeleteJobPage ui={c.get('ui')} job={job} takesResult={isKeptIn(outbox, job)} />)
      : await showRefusal(c, deps, notDeletable(job))
  }
}

export function deleteOne(deps: AppDeps): Handler {
  const { store, settings } = deps
  return async (c) => {
    const { operator: actor, base } = c.get('ui')
    try {
      const act = { actor, now: deps.now(), files: filesIn(settings.outbox) }
      await deleteJobAndChildren(store.db, idOf(c), act)
      deps.clearUp()
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
      return await showRefusal(c, deps, error)
    }
    return c.redirect(`${base}/jobs`, 303)
  }
}

function notDeletable({ id, status }: Pick<ListedJob, 'id' | 'status'>): ConflictError {
  return wrongStatus(id, status, 'delete', DELETABLE_STATUSES)
}
