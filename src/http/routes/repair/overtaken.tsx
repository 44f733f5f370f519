import type { Context } from 'hono'
import { NO_RULE, repairUrl, type RepairPlace } from '../../../../views/repair/repair-url.ts'
import { ConflictError, InvalidInputError } from '../../../domain/words/errors.ts'
import type { RepairableJob } from '../../../engine/repair/require-repairable.ts'
import { discardDrafts } from '../../../engine/repair/save-drafts.ts'
import type { AppDeps, AppEnv } from '../../ground/env.ts'
import { isOvertaken, touchedByOthers, type Touched } from '../../repair/keep-typed.ts'
import type { RepairSession } from '../../repair/repair-session.ts'
import { textOf } from '../../repair/set-aside-form.ts'
import { requireKind } from './require-kind.ts'
import { drawReason } from './show-repair.tsx'

type RepairFields = Record<string, unknown>
export type ReasonForm = { form: RepairFields; place: RepairPlace }

/** Forgets the corrections of a reason, unless there are some that were not shown. */
export async function takeDiscard(
  c: Context<AppEnv>,
  deps: AppDeps,
  job: RepairableJob,
  { form, place }: ReasonForm,
): Promise<Response> {
  const { store } = deps
  const others = await othersOf(deps, { store, job }, { form, place, saved: [] })
  if (others.count > 0) return await drawReason(c, deps, job, { place, form, ...overtaken(others) })
  await discardDrafts(store.db, job.id, (await requireKind(store.db, job, place)).kind)
  return c.redirect(repairUrl(c.get('ui'), job.id, { ...place, rule: NO_RULE }), 303)
}

/** What others did since the page of a form was shown. */
export async function othersOf(
  { store }: AppDeps,
  session: Pick<RepairSession, 'store' | 'job'>,
  { form, place, saved }: ReasonForm & { saved: number[] },
): Promise<Touched> {
  const { kind } = await requireKind(store.db, session.job, place)
  return await touchedByOthers(session, { kind, since: textOf(form, 'touched'), saved })
}

/** Whoever comes second is told who was quicker, and with what. */
export function toldOf(error: ConflictError | InvalidInputError, others: Touched) {
  if (!isOvertaken(error)) return { error }
  if (error instanceof ConflictError || others.count === 0) return { error, others }
  return overtaken(others)
}

function overtaken(others: Touched) {
  const { count } = others
  return { error: new InvalidInputError({ problem: 'touched_meanwhile', count }), others }
}
