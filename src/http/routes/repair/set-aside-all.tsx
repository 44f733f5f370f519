import type { Context } from 'hono'
import { SetAsideAll } from '../../../../views/repair/repair-set-aside.tsx'
import { repairUrl, type RepairPlace } from '../../../../views/repair/repair-url.ts'
import type { RepairableJob } from '../../../engine/repair/require-repairable.ts'
import { checkedReason, setAsideKind } from '../../../engine/repair/set-aside.ts'
import type { AppDeps, AppEnv } from '../../ground/env.ts'
import { actOf, textOf } from '../../repair/set-aside-form.ts'
import { requireKind } from './require-kind.ts'

/**
 * Sets all open records of a reason aside, once that was confirmed.
 * @throws InvalidInputError without a reason
 * @throws ConflictError where none is open any more
 */
export async function takeSetAsideAll(
  c: Context<AppEnv>,
  deps: AppDeps,
  job: RepairableJob,
  { form, place }: { form: Record<string, unknown>; place: RepairPlace },
): Promise<Response> {
  const { db } = deps.store
  const ui = c.get('ui')
  const kind = await requireKind(db, job, place)
  const reason = checkedReason(textOf(form, 'reason') ?? '')
  if (form['sure'] !== 'yes') {
    return c.html(<SetAsideAll ui={ui} job={job} kind={kind} place={place} reason={reason} />)
  }
  await setAsideKind(db, job.id, kind.kind, { ...actOf(c, deps), reason })
  return c.redirect(repairUrl(ui, job.id), 303)
}
