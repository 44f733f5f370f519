import type { Context } from 'hono'
import { pathOfTab } from '../../../../views/tabs/tabs.tsx'
import { saveDrafts } from '../../../engine/repair/save-drafts.ts'
import { startRepair } from '../../../engine/repair/start-repair.ts'
import { fill } from '../../../i18n/console.ts'
import type { AppDeps, AppEnv } from '../../ground/env.ts'
import type { Collected } from '../../repair/collect-corrections.ts'
import { actOf } from '../../repair/set-aside-form.ts'

/**
 * Makes a linked job of the records that fit, and keeps the others as they are corrected so far.
 * @returns the path of the page of the linked job
 */
export async function importCorrected(
  c: Context<AppEnv>,
  deps: AppDeps,
  id: number,
  { fitting, others }: Pick<Collected, 'fitting' | 'others'>,
): Promise<string> {
  const ui = c.get('ui')
  const act = actOf(c, deps)
  const linked = await deps.store.db.transaction().execute(async (trx) => {
    const label = fill(ui.text.repair.label, { id })
    const { job } = await startRepair(trx, id, fitting, { ...act, label })
    await saveDrafts(trx, id, others, act)
    return job
  })
  return pathOfTab(ui, linked.id, 'general')
}
