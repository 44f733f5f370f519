import { newestJobId } from '../../engine/list/listed-job.ts'
import { problemText } from '../../i18n/catalogue.ts'
import type { AppDeps } from '../ground/env.ts'
import type { Handler } from '../ground/route.ts'

/** How long a write may wait before it counts as blocked. */
const PATIENCE_MS = 2_000

type HealthDeps = Pick<AppDeps, 'store' | 'log' | 'workers' | 'databaseProblemOf'>

/**
 * Health check for a supervisor or proxy: whether the database can be read and written, and workers
 * respond. Each fault is one line.
 */
export function showHealth(deps: HealthDeps & Pick<AppDeps, 'doubt'>): Handler {
  const probe = probeOnce(() => deps.store.takesWrites(PATIENCE_MS))
  return async (c) => {
    c.header('Cache-Control', 'no-store')
    const faults = await findFaults(deps, probe, c.get('requestId'))
    if (faults.length > 0) return c.text(`${faults.join('\n')}\n`, 503)
    const doubt = deps.doubt()
    return c.text(doubt === undefined ? 'ok\n' : `ok\n${problemText('en', doubt)}\n`)
  }
}

async function findFaults(
  { store, log, workers, databaseProblemOf }: HealthDeps,
  takesWrites: () => Promise<boolean>,
  request: string,
): Promise<string[]> {
  const faults: string[] = []
  try {
    // Checked first, since reads may still work long after writes have stopped.
    if (!(await takesWrites())) faults.push('writes do not get through to the database')
    else await newestJobId(store.db)
  } catch (error) {
    const err = databaseProblemOf(error) === undefined ? error : undefined
    log.error({ err, request }, 'The database can not be read.')
    faults.push('the database can not be read')
  }
  const { wanted, answering } = workers()
  if (wanted > 0 && answering === 0) faults.push('no worker answers')
  return faults
}

/** Concurrent calls share one database probe. */
function probeOnce<Result>(probe: () => Promise<Result>): () => Promise<Result> {
  let pending: Promise<Result> | undefined
  return () => (pending ??= probe().finally(() => (pending = undefined)))
}
