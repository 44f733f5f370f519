import { WorkersPage } from '../../../views/workers/workers-page.tsx'
import { seeWorkers } from '../../engine/lifecycle/seen-workers.ts'
import type { AppDeps } from '../ground/env.ts'
import type { Handler } from '../ground/route.ts'

export function showWorkers({ store, now }: Pick<AppDeps, 'store' | 'now'>): Handler {
  return async (c) =>
    c.html(<WorkersPage ui={c.get('ui')} workers={await seeWorkers(store.db, now())} />)
}
