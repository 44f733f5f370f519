import { JobsQuestionPage } from '../../../../views/list/jobs-question.tsx'
import { isAllowed, statusesFor, type FinalCommand } from '../../../domain/states/commands.ts'
import { listJobsByIds } from '../../../engine/list/listed-job.ts'
import { noSuchJob, wrongStatus } from '../../../engine/ground/conflict.ts'
import { problemOnPage } from '../../../i18n/catalogue.ts'
import type { AppDeps } from '../../ground/env.ts'
import type { Handler } from '../../ground/route.ts'
import { idsOf, listStateOf } from '../../responses/list-state.ts'

/** The question before many jobs are cancelled or deleted; of those that can't be, the reason. */
export function askBeforeMany(command: FinalCommand): (deps: AppDeps) => Handler {
  return ({ store }) =>
    async (c) => {
      const ui = c.get('ui')
      const ids = idsOf(c.req.query('ids'))
      if (ids.length === 0) return c.redirect(`${ui.base}/jobs`)
      const found = await listJobsByIds(store.db, [...new Set(ids)])
      const jobs = found.filter(({ status }) => isAllowed(command, status))
      const kept = found
        .filter((job) => !jobs.includes(job))
        .map(({ id, status }) => wrongStatus(id, status, command, statusesFor(command)))
      const gone = ids.filter((id) => found.every((job) => job.id !== id)).map(noSuchJob)
      const refused = [...kept, ...gone].map(({ problem }) => problemOnPage(ui.language, problem))
      return c.html(<JobsQuestionPage {...{ ui, command, jobs, refused }} state={listStateOf(c)} />)
    }
}
