import type { Context } from 'hono'
import { RunAgainPage } from '../../../views/job/run-again.tsx'
import { isAllowed } from '../../domain/states/commands.ts'
import { ConflictError, InvalidInputError } from '../../domain/words/errors.ts'
import { forReal, usesPipe, type Job } from '../../domain/jobs/job.ts'
import { OVER_STATUSES } from '../../domain/states/status.ts'
import { importsAlike } from '../../engine/jobs/imports-alike.ts'
import { wrongStatus } from '../../engine/ground/conflict.ts'
import { requireNew, type Alike } from '../../pipeline/import/plan/require-new.ts'
import { faultOf } from '../forms/form-values.ts'
import type { AppDeps, AppEnv } from '../middleware/env.ts'
import { fileLooks } from '../forms/file-looks.ts'
import { jobOf, placeOf } from '../middleware/params.ts'
import { dialectOf } from '../responses/readable-record.ts'
import { showRefusal } from '../responses/show-job.tsx'

/** The question before a job runs again; where it can't, the reason. */
export async function askBeforeAgain(c: Context<AppEnv>, deps: AppDeps): Promise<Response> {
  const old = await jobOf(deps.store.db, c)
  const refused = refusalOf(old)
  if (refused !== undefined) return await showRefusal(c, deps, refused, placeOf(c).tab)
  const isReal = c.req.query('real') === 'yes' && old.dry_run
  return drawQuestion(c, old, { isReal, why: await whyNot(c, deps, isReal ? forReal(old) : old) })
}

/** The same once more, where the rows would be in the table twice; undefined where they would not. */
export async function warnBeforeAgain(
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
    return faultOf(c.get('ui'), error, false).sentence
  }
}
