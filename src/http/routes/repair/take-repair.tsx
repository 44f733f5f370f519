import type { Context } from 'hono'
import { NO_RULE, repairUrl, type RepairPlace } from '../../../../views/repair/repair-url.ts'
import { ConflictError, InvalidInputError } from '../../../domain/words/errors.ts'
import { openRejectsAmong } from '../../../engine/repair/open-rejects.ts'
import { requireRepairable, type RepairableJob } from '../../../engine/repair/require-repairable.ts'
import { discardDrafts, listDrafts, saveDrafts } from '../../../engine/repair/save-drafts.ts'
import { oncePerForm } from '../../forms/idempotency.ts'
import type { AppDeps, AppEnv } from '../../ground/env.ts'
import { formOf } from '../../ground/form-of.ts'
import { jobOf, wholeNumber } from '../../ground/params.ts'
import type { Handler } from '../../ground/route.ts'
import { changesLanguage } from '../../ground/ui-of.ts'
import { checkedMark } from '../../repair/checked-mark.ts'
import { collectChanged, collectFitting } from '../../repair/collect-corrections.ts'
import { readRepairPlace } from '../../repair/repair-place.ts'
import { openRepair, type RepairSession } from '../../repair/repair-session.ts'
import { actOf, setPickedAside, takePickedBack, textOf } from '../../repair/set-aside-form.ts'
import { correctionsOf, typedRecordsOf } from '../../repair/typed-corrections.ts'
import { showRefusal } from '../../responses/show-job.tsx'
import { drawOverview } from './draw-overview.tsx'
import { importCorrected } from './import-corrected.ts'
import { takeMasked } from './masked-reason.tsx'
import { requireKind } from './require-kind.ts'
import { takeSetAsideAll } from './set-aside-all.tsx'
import { columnRuleOf, drawReason } from './show-repair.tsx'

type Form = Record<string, unknown>

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
        : job.is_masked
          ? await takeMasked(c, deps, first, { form, place })
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
  form: Form,
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

type ReasonForm = { form: Form; place: RepairPlace }

async function takeReason(
  c: Context<AppEnv>,
  deps: AppDeps,
  job: RepairableJob,
  { form, place }: ReasonForm,
): Promise<Response> {
  const hasNewLanguage = changesLanguage(c, form)
  const ui = c.get('ui')
  const act = hasNewLanguage ? 'language' : textOf(form, 'act')
  if (act === 'discard') {
    await discardDrafts(deps.store.db, job.id, (await requireKind(deps.store.db, job, place)).kind)
    return c.redirect(repairUrl(ui, job.id, { ...place, rule: NO_RULE }), 303)
  }

  const session = await openRepair(deps.store, job)
  const typed = typedRecordsOf(form)
  const rejects = await openRejectsAmong(deps.store.db, job.id, [...typed.keys()])
  const { drafts, refused } = correctionsOf(session, rejects, typed)
  await saveDrafts(deps.store.db, job.id, drafts, actOf(c, deps))
  if (refused.size > 0) return await drawReason(c, deps, job, { place, input: { typed, refused } })
  try {
    if (act === 'set_aside_all') return await takeSetAsideAll(c, deps, job, { form, place })
    const leadsTo = await ACTS[act ?? '']?.({ c, deps, session, form, place })
    const misfit = wholeNumber(textOf(form, 'misfit'))
    const next = { ...place, after: misfit === undefined ? place.after : misfit - 1 }
    return c.redirect(leadsTo ?? repairUrl(ui, job.id, next), 303)
  } catch (error) {
    if (!(error instanceof ConflictError || error instanceof InvalidInputError)) throw error
    return await drawReason(c, deps, job, { place, error })
  }
}

type Acting = {
  c: Context<AppEnv>
  deps: AppDeps
  session: RepairSession
  form: Form
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
  save: keepRuled,
  import: importFitting,
  async set_aside({ c, deps, form, session, place }) {
    await setPickedAside(c, deps, session.job.id, form)
    return repairUrl(c.get('ui'), session.job.id, place)
  },
}

/** Whoever comes second is told that others were quicker, not that their records do not fit. */
function nothingLeft(id: number, areTaken: boolean): ConflictError | InvalidInputError {
  return areTaken
    ? new ConflictError({ problem: 'repaired_already', id })
    : new InvalidInputError({ problem: 'nothing_fits' })
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

async function importFitting({ c, deps, session, form, place }: Acting): Promise<string> {
  const { job } = session
  return await oncePerForm(deps, form, c.req.path, async () => {
    const { kind, open } = await requireKind(deps.store.db, job, place)
    const collected = await collectFitting(session, { kind, rule: columnRuleOf(session, place) })
    if (collected.fitting.length === 0)
      throw nothingLeft(job.id, open < Number(textOf(form, 'open') ?? 1))
    const drafts = await listDrafts(deps.store.db, job.id, kind)
    if (textOf(form, 'checked') !== checkedMark(place.rule, drafts))
      throw new InvalidInputError({ problem: 'not_checked' })
    return await importCorrected(c, deps, job.id, collected)
  })
}
