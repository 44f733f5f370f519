import type { Context } from 'hono'
import { RepairReason } from '../../../../views/repair/repair-reason.tsx'
import type { RepairPlace } from '../../../../views/repair/repair-url.ts'
import { ConflictError, type InvalidInputError } from '../../../domain/words/errors.ts'
import { openRejectsAfter, openRejectsAmong } from '../../../engine/repair/open-rejects.ts'
import { requireRepairable, type RepairableJob } from '../../../engine/repair/require-repairable.ts'
import { listDrafts } from '../../../engine/repair/save-drafts.ts'
import { problemOnPage } from '../../../i18n/catalogue.ts'
import type { AppDeps, AppEnv } from '../../ground/env.ts'
import { jobOf } from '../../ground/params.ts'
import type { Handler } from '../../ground/route.ts'
import { checkRejects, countFitting, type Fitting } from '../../repair/check-rejects.ts'
import { checkedMark } from '../../repair/checked-mark.ts'
import { correctReject, type ColumnRule } from '../../repair/correct-reject.ts'
import { FORMATS_OF_TYPE } from '../../assistant/formats-of-type.ts'
import { changeOf, type RuledField } from '../../../pipeline/repair/rules.ts'
import { readRepairPlace, ruleOf } from '../../repair/repair-place.ts'
import { repairRows, shownColumns, type RefusedInput } from '../../repair/repair-rows.ts'
import { columnOfField, openRepair, type RepairSession } from '../../repair/repair-session.ts'
import { showRefusal } from '../../responses/show-job.tsx'
import { drawOverview } from './draw-overview.tsx'
import { drawMasked } from './masked-reason.tsx'
import { requireKind } from './require-kind.ts'

const RECORDS_A_PAGE = 50
/** Records that are checked before the page is shown. */
const MOST_CHECKED = 2_000

/** The rejects of a job by reason, or the grid of one reason. */
export function showRepair(deps: AppDeps): Handler {
  return async (c) => {
    const job = await jobOf(deps.store.db, c)
    try {
      const first = requireRepairable(job)
      const place = readRepairPlace((name) => c.req.query(name))
      return place === undefined
        ? await drawOverview(c, deps, first)
        : job.is_masked
          ? await drawMasked(c, deps, first, { place })
          : await drawReason(c, deps, first, { place })
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
      return await showRefusal(c, deps, error, 'rejects')
    }
  }
}

export type ReasonView = {
  place: RepairPlace
  /** What was typed and refused. */
  input?: RefusedInput | undefined
  error?: ConflictError | InvalidInputError | undefined
}

export async function drawReason(
  c: Context<AppEnv>,
  deps: AppDeps,
  job: RepairableJob,
  { place, input, error }: ReasonView,
): Promise<Response> {
  const { db } = deps.store
  const kind = await requireKind(db, job, place)
  const session = await openRepair(deps.store, job)
  const rule = columnRuleOf(session, place)
  // Read before the check: a correction that comes in between is one that was not checked.
  const drafts = await listDrafts(db, job.id, kind.kind)
  const typed = input && [...input.typed.keys()]
  const rejects =
    typed === undefined
      ? await openRejectsAfter(db, job.id, {
          kind: kind.kind,
          after: place.after,
          limit: RECORDS_A_PAGE + 1,
        })
      : await openRejectsAmong(db, job.id, typed.slice(0, RECORDS_A_PAGE))
  const page = rejects.slice(0, RECORDS_A_PAGE)
  const checked = await checkRejects(
    session,
    page.map((one) => correctReject(session, one, rule)),
  )
  const fitting = await countFitting(session, { kind: kind.kind, rule }, MOST_CHECKED)
  const last = page.at(-1)?.record
  const shown = shownColumns(session, checked)
  const ui = c.get('ui')
  return c.html(
    <RepairReason
      ui={ui}
      job={job}
      kind={kind}
      place={place}
      formats={formatsOfColumn(session, place)}
      names={shown.map((at) => session.columns[at]?.name ?? String(at + 1))}
      rows={repairRows(ui, session, {
        rejects: checked,
        shown,
        input,
        isEdited: true,
      })}
      fitting={fitting}
      nextMisfit={nextMisfit(fitting, { after: place.after, last })}
      hasDrafts={drafts.length > 0}
      checked={checkedMark(place.rule, drafts)}
      last={last}
      isMore={rejects.length > RECORDS_A_PAGE}
      alert={error && problemOnPage(ui.language, error.problem)}
    />,
    error instanceof ConflictError ? 409 : error !== undefined || input !== undefined ? 422 : 200,
  )
}

/** The next record behind a page that does not fit, or else the first before it. */
function nextMisfit(
  { misfits }: Fitting,
  { after, last = after }: { after: number; last: number | undefined },
): number | undefined {
  return misfits.find((record) => record > last) ?? misfits.find((record) => record <= after)
}

/** The rule as it applies to the column of the field; text that cannot be read has none. */
export function columnRuleOf(session: RepairSession, place: RepairPlace): ColumnRule | undefined {
  const column = columnOfField(session, place.field)
  const rule = ruleOf(place.rule)
  if (column === undefined || rule === undefined) return undefined
  return { column, change: changeOf(rule, ruledField(session, column)) }
}

function ruledField({ plan: { mapping, options } }: RepairSession, column: number): RuledField {
  const at = mapping.sources.indexOf(column)
  return { type: mapping.fields[at]?.type ?? 'text', written: options[at]?.format ?? null }
}

/** The formats in which the values of the field may be written; undefined for the whole record. */
function formatsOfColumn(session: RepairSession, place: RepairPlace) {
  const column = columnOfField(session, place.field)
  return column === undefined ? undefined : FORMATS_OF_TYPE[ruledField(session, column).type]
}
