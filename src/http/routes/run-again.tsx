import type { Context } from 'hono'
import { pathOfTab } from '../../../views/tabs/tabs.tsx'
import { RunAgainPage } from '../../../views/job/run-again.tsx'
import { isAllowed } from '../../domain/states/commands.ts'
import { ConflictError, InvalidInputError } from '../../domain/words/errors.ts'
import { forReal, usesPipe, type Job } from '../../domain/jobs/job.ts'
import { OVER_STATUSES } from '../../domain/states/status.ts'
import { importsAlike } from '../../engine/jobs/imports-alike.ts'
import { wrongStatus } from '../../engine/ground/conflict.ts'
import { duplicateJob, runAgain } from '../../engine/lifecycle/run-again.ts'
import { requireNew, type Alike } from '../../pipeline/import/plan/require-new.ts'
import { formFault } from '../forms/form-values.ts'
import type { AppDeps, AppEnv } from '../ground/env.ts'
import { fileLooks } from '../forms/file-looks.ts'
import { formOf } from '../ground/form-of.ts'
import { idOf, jobOf, tabPlaceOf } from '../ground/params.ts'
import type { Handler } from '../ground/route.ts'
import { oncePerForm } from '../forms/idempotency.ts'
import { answerCommand } from '../responses/answer-command.ts'
import { dialectOf } from '../responses/readable-record.ts'
import { showRefusal } from '../responses/show-job.tsx'

/** The question before a job runs again; where it can't, the reason. */
export function askBeforeAgain(deps: AppDeps): Handler {
  return async (c) => {
    const old = await jobOf(deps.store.db, c)
    const refused = refusalOf(old)
    if (refused !== undefined) return await showRefusal(c, deps, refused, tabPlaceOf(c).tab)
    const isReal = c.req.query('real') === 'yes' && old.dry_run
    return drawQuestion(c, old, { isReal, why: await whyNot(c, deps, isReal ? forReal(old) : old) })
  }
}

/** Makes a new job of one that is over; a form without an answer is asked first, where rows would double. */
export function makeJobAgain(deps: AppDeps): Handler {
  return async (c) => {
    const form = await formOf(c)
    const isReal = form['real'] === 'yes'
    const question = form['again'] === 'yes' ? undefined : await warnBeforeAgain(c, deps, isReal)
    if (question !== undefined) return question
    return await answerCommand(c, deps, (act) =>
      oncePerForm(deps, form, c.req.path, async () => {
        const { id } = await runAgain(deps.store.db, idOf(c), { ...act, isReal })
        return pathOfTab(c.get('ui'), id, 'general')
      }),
    )
  }
}

/** Makes a job that can be edited of any other. */
export function makeDuplicate(deps: AppDeps): Handler {
  return async (c) => {
    const form = await formOf(c)
    return await answerCommand(c, deps, (act) =>
      oncePerForm(deps, form, c.req.path, async () => {
        const { id } = await duplicateJob(deps.store.db, idOf(c), act)
        const path = pathOfTab(c.get('ui'), id, 'general')
        return form['then'] === 'specification' ? `${path}/specification` : path
      }),
    )
  }
}

/** The question once more, where the rows would be in the table twice; undefined where they would not. */
async function warnBeforeAgain(
  c: Context<AppEnv>,
  deps: AppDeps,
  isReal: boolean,
): Promise<Response | undefined> {
  const old = await jobOf(deps.store.db, c)
  if (refusalOf(old) !== undefined) return undefined
  const why = await whyNot(c, deps, isReal ? forReal(old) : old)
  return why === undefined ? undefined : drawQuestion(c, old, { isReal, why }, 409)
}

function drawQuestion(
  c: Context<AppEnv>,
  job: Job,
  question: { isReal: boolean; why: string | undefined },
  status: 200 | 409 = 200,
) {
  const found = dialectOf(job)
  return c.html(<RunAgainPage ui={c.get('ui')} job={job} found={found} {...question} />, status)
}

function refusalOf(job: Job): ConflictError | undefined {
  const { id, status } = job
  if (!isAllowed('run_again', status)) return wrongStatus(id, status, 'run_again', OVER_STATUSES)
  return usesPipe(job) ? new ConflictError({ problem: 'pipe_used', id }) : undefined
}

/** Why its rows would be in the table twice, where they would. */
async function whyNot(
  c: Context<AppEnv>,
  { store }: Pick<AppDeps, 'store'>,
  job: Job,
): Promise<string | undefined> {
  if (job.type !== 'import') return undefined
  const { specification } = job
  try {
    const find: Alike['find'] = (file) => importsAlike(store.db, file)
    await fileLooks.look(specification.path, c.req.raw.signal, (stopSignal) =>
      requireNew(store, specification, { find, stopSignal }),
    )
    return undefined
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    return formFault(c.get('ui'), error, false).sentence
  }
}
