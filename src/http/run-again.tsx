import type { Context } from 'hono'
import { RunAgainPage } from '../../views/jobs/run-again.tsx'
import { isAllowed } from '../domain/commands.ts'
import { InvalidInputError } from '../domain/errors.ts'
import { importsAlike } from '../engine/imports-alike.ts'
import { requireNew, type Alike } from '../pipeline/require-new.ts'
import { faultOf } from './answers.ts'
import type { AppDeps, AppEnv } from './env.ts'
import { fileLooks } from './file-looks.ts'
import { formOf } from './form-of.ts'
import { jobOf } from './params.ts'

/** The question before a job runs again whose rows would be in the table twice; undefined for no question. */
export async function askBeforeAgain(
  c: Context<AppEnv>,
  { store }: Pick<AppDeps, 'store'>,
): Promise<Response | undefined> {
  const job = await jobOf(store.db, c)
  const isAnswered = (await formOf(c))['again'] === 'yes'
  if (job.type !== 'import' || isAnswered || !isAllowed('run_again', job.status)) return undefined
  try {
    const find: Alike['find'] = (file) => importsAlike(store.db, file)
    const { specification } = job
    await fileLooks.look(specification.path, c.req.raw.signal, (stopSignal) =>
      requireNew(store, specification, { find, stopSignal }),
    )
    return undefined
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    const ui = c.get('ui')
    const { sentence } = faultOf(ui, error, false)
    return c.html(<RunAgainPage ui={ui} job={job} why={sentence} />, 409)
  }
}
