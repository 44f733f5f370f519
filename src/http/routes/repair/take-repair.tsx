import type { Context } from 'hono'
import { repairUrl, type RepairPlace } from '../../../../views/repair/repair-url.ts'
import { ConflictError, InvalidInputError } from '../../../domain/words/errors.ts'
import { requireRepairable, type RepairableJob } from '../../../engine/repair/require-repairable.ts'
import { listDrafts, saveDrafts } from '../../../engine/repair/save-drafts.ts'
import { oncePerForm } from '../../forms/idempotency.ts'
import type { AppDeps, AppEnv } from '../../ground/env.ts'
import { formOf } from '../../ground/form-of.ts'
import { jobOf, wholeNumber } from '../../ground/params.ts'
import type { Handler } from '../../ground/route.ts'
import { changesLanguage } from '../../ground/ui-of.ts'
import { countFitting, findMisfit, MOST_CHECKED } from '../../repair/check-rejects.ts'
import { checkedMark, unlikeChecked } from '../../repair/checked-mark.ts'
import { collectChanged, collectFitting, requireFitting } from '../../repair/collect-corrections.ts'
import { keepTyped, refusalOf } from '../../repair/keep-typed.ts'
import { readRepairPlace, scopeOf } from '../../repair/repair-place.ts'
import { openRepair, type RepairSession } from '../../repair/repair-session.ts'
import { actOf, setPickedAside, takePickedBack, textOf } from '../../repair/set-aside-form.ts'
import { typedRecordsOf } from '../../repair/typed-records.ts'
import { showRefusal } from '../../responses/show-job.tsx'
import { drawOverview } from './draw-overview.tsx'
import { importCorrected } from './import-corrected.ts'
import { othersOf, takeDiscard, toldOf, type ReasonForm } from './overtaken.tsx'
import { requireKind } from './require-kind.ts'
import { takeSetAsideAll } from './set-aside-all.tsx'
import { columnRuleOf, drawReason } from './show-repair.tsx'

/** A form of the repair pages. What was typed is kept first, whatever was clicked. */
export function takeRepair(deps: AppDeps): Handler {
  return async (c) => {
    const form = await formOf(c)
    const job = await jobOf(deps.store.db, c)
    try {
      const first = requireRepairable(job)
      const place = readRepairPlace((name) => textOf(form, name))
      return place === undefined
        ? await takeOverview(c, deps, first, form)
        : await takeReason(c, deps, first, { form, place })
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
      return await showRefusal(c, deps, error, 'rejects')
    }
  }
}

/** Opens rejects again that were set aside. */
async function takeOverview(
  c: Context<AppEnv>,
  deps: AppDeps,
  job: RepairableJob,
  form: Record<string, unknown>,
): Promise<Response> {
  const ui = c.get('ui')
  try {
    await takePickedBack(c, deps, job.id, form)
    return c.redirect(repairUrl(ui, job.id), 303)
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
    return await drawOverview(c, deps, job, error)
  }
}

async function takeReason(
  c: Context<AppEnv>,
  deps: AppDeps,
  job: RepairableJob,
  { form, place }: ReasonForm,
): Promise<Response> {
  const hasNewLanguage = changesLanguage(c, form)
  const ui = c.get('ui')
  const act = hasNewLanguage ? 'language' : textOf(form, 'act')
  if (act === 'discard') return await takeDiscard(c, deps, job, { form, place })

  const session = await openRepair(deps.store, job)
  const typed = typedRecordsOf(form)
  const kept = await keepTyped(session, typed, actOf(c, deps))
  const { refused, conflicts, lost } = kept
  if (refused.size + conflicts.size + lost.length > 0) {
    const others = { touched: lost, count: lost.length }
    const error = refusalOf(kept)
    return await drawReason(c, deps, job, { place, form, input: kept, others, error })
  }
  try {
    if (act === 'set_aside_all') return await takeSetAsideAll(c, deps, job, { form, place })
    const leadsTo = await ACTS[act ?? '']?.({ c, deps, session, form, place })
    const misfit = wholeNumber(textOf(form, 'misfit'))
    const next = { ...place, after: misfit === undefined ? place.after : misfit - 1 }
    return c.redirect(leadsTo ?? repairUrl(ui, job.id, next), 303)
  } catch (error) {
    if (!(error instanceof ConflictError || error instanceof InvalidInputError)) throw error
    const others = await othersOf(deps, session, { form, place, saved: kept.saved })
    return await drawReason(c, deps, job, { place, form, ...toldOf(error, others) })
  }
}

type Acting = {
  c: Context<AppEnv>
  deps: AppDeps
  session: RepairSession
  form: Record<string, unknown>
  place: RepairPlace
}

/** What is done besides keeping what was typed, and where it leads; by default back to the page. */
const ACTS: Record<string, ((acting: Acting) => Promise<string>) | undefined> = {
  next: ({ c, form, session, place }) =>
    Promise.resolve(
      repairUrl(c.get('ui'), session.job.id, {
        ...place,
        after: wholeNumber(textOf(form, 'last')) ?? 0,
      }),
    ),
  check_all: ({ c, session, place }) =>
    Promise.resolve(repairUrl(c.get('ui'), session.job.id, { ...place, isAll: true })),
  save: keepRuled,
  next_misfit: goToMisfit,
  import: (acting) => importFitting(acting, true),
  import_new: (acting) => importFitting(acting, false),
  async set_aside({ c, deps, form, session, place }) {
    await setPickedAside(c, deps, session.job.id, form)
    return repairUrl(c.get('ui'), session.job.id, place)
  },
}

/** Records that are checked for one click. */
const MOST_SEARCHED = 10_000

/** Leads to the next record that does not fit, as far as one click looks. */
async function goToMisfit({ c, deps, form, session, place }: Acting): Promise<string> {
  const { kind } = await requireKind(deps.store.db, session.job, place)
  const after = wholeNumber(textOf(form, 'last')) ?? 0
  const reason = { kind, rule: columnRuleOf(session, place), after }
  const found = await findMisfit(session, reason, MOST_SEARCHED)
  if (found === undefined) throw new InvalidInputError({ problem: 'no_more_misfits' })
  const next = { ...place, after: found.isMisfit ? found.record - 1 : found.record }
  return repairUrl(c.get('ui'), session.job.id, next)
}

/** Whoever comes second is told that others were quicker, not that their records do not fit. */
function repairedAlready(id: number): ConflictError {
  return new ConflictError({ problem: 'repaired_already', id })
}

/** Keeps what the rule makes of all records of the reason, so that somebody can go on later. */
async function keepRuled({ c, deps, session, place }: Acting): Promise<string> {
  const { kind } = await requireKind(deps.store.db, session.job, place)
  const rule = columnRuleOf(session, place)
  const { job } = session
  if (rule !== undefined) {
    const changed = await collectChanged(session, { kind, rule })
    await saveDrafts(deps.store.db, job.id, changed, actOf(c, deps))
  }
  return repairUrl(c.get('ui'), job.id)
}

/** @param overwrites whether records that change a row which the table has already go in, too */
async function importFitting(
  { c, deps, session, form, place }: Acting,
  overwrites: boolean,
): Promise<string> {
  const { job } = session
  return await oncePerForm(deps, form, c.req.path, async () => {
    const { kind, open } = await requireKind(deps.store.db, job, place)
    const shown = scopeOf(place, wholeNumber(textOf(form, 'last')))
    const reason = { kind, rule: columnRuleOf(session, place), shown }
    const collected = await collectFitting(session, reason, overwrites)
    if (collected.fitting.length === 0) {
      if (open < Number(textOf(form, 'open') ?? 1)) throw repairedAlready(job.id)
      requireFitting(collected)
    }
    const drafts = await listDrafts(deps.store.db, job.id, kind)
    // After the records are collected, so that a row that comes in between is noticed.
    const fitting = await countFitting(session, reason, MOST_CHECKED)
    const now = checkedMark({ rule: place.rule, drafts, fitting })
    const problem = unlikeChecked(textOf(form, 'checked'), now)
    if (problem !== undefined) {
      const { open: left } = await requireKind(deps.store.db, job, place)
      throw left === 0 ? repairedAlready(job.id) : new InvalidInputError(problem)
    }
    return await importCorrected(c, deps, job.id, collected)
  })
}
