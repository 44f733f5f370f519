import type { Context } from 'hono'
import { CancelJobPage } from '../../../views/job/cancel-job.tsx'
import { pathOfPlace, type JobTab, type TabPlace } from '../../../views/tabs/tabs.tsx'
import { isAllowed } from '../../domain/states/commands.ts'
import { sourcesOf, type OperatorEvent } from '../../domain/states/transitions.ts'
import { wrongStatus } from '../../engine/ground/conflict.ts'
import { transition } from '../../engine/lifecycle/transition.ts'
import { openBeforeStart, openPath } from '../assistant/steps/open-step.ts'
import type { AppDeps, AppEnv } from '../ground/env.ts'
import { idOf, jobOf, tabPlaceOf, wholeNumber } from '../ground/params.ts'
import type { Handler } from '../ground/route.ts'
import { answerCommand } from '../responses/answer-command.ts'
import { showJob, showRefusal } from '../responses/show-job.tsx'

/** A tab of a job's page. */
export const showTab =
  (tab: JobTab) =>
  (deps: AppDeps): Handler =>
  (c) =>
    showJob(c, deps, tab)

/** Starts, pauses or cancels a job. */
export const commandJob =
  (event: OperatorEvent) =>
  (deps: AppDeps): Handler =>
  (c) =>
    answerCommand(c, deps, async (act) => {
      const open = event === 'start' ? await pathOfWhatIsOpen(c, deps) : undefined
      if (open !== undefined) return open
      await transition(deps.store.db, idOf(c), event, act)
      if (event === 'cancel') deps.clearUp()
      return pathOfPlace(c.get('ui'), idOf(c), shownPlace(c))
    })

/** Where a job that is still edited leads to instead of starting. */
async function pathOfWhatIsOpen(c: Context<AppEnv>, deps: AppDeps): Promise<string | undefined> {
  const job = await jobOf(deps.store.db, c)
  const open = await openBeforeStart(deps, job, c.req.raw.signal)
  return open && openPath(c.get('ui'), job, open)
}

/** The question before a job is cancelled; where it can't be, the reason. */
export function askBeforeCancel(deps: AppDeps): Handler {
  return async (c) => {
    const job = await jobOf(deps.store.db, c)
    const place = tabPlaceOf(c)
    if (isAllowed('cancel', job.status)) {
      return c.html(<CancelJobPage ui={c.get('ui')} job={job} place={place} />)
    }
    const refused = wrongStatus(job.id, job.status, 'cancel', sourcesOf('cancel'))
    return await showRefusal(c, deps, refused, place.tab)
  }
}

/** The address of a refused command, when it is looked at again or in another language. */
export function returnToJob(): Handler {
  return (c) => c.redirect(pathOfPlace(c.get('ui'), idOf(c), tabPlaceOf(c)))
}

/** Where a command leads back to; in place, with the rejects that the page has. */
function shownPlace(c: Context<AppEnv>): TabPlace {
  const { tab, query } = tabPlaceOf(c)
  const seen = wholeNumber(c.req.query('seen'))
  return { tab, query: { ...query, ...(seen === undefined ? {} : { seen: String(seen) }) } }
}
