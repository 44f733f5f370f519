import type { Context } from 'hono'
import { RepairReason } from '../../../../views/repair/repair-reason.tsx'
import type { RepairPlace } from '../../../../views/repair/repair-url.ts'
import { namedFormat, partsOf } from '../../../domain/specification/fields/named-formats.ts'
import { ConflictError, type InvalidInputError } from '../../../domain/words/errors.ts'
import { openRejectsAfter, openRejectsAmong } from '../../../engine/repair/open-rejects.ts'
import { requireRepairable, type RepairableJob } from '../../../engine/repair/require-repairable.ts'
import { lastTouch } from '../../../engine/repair/fate-of-reject.ts'
import { listDrafts } from '../../../engine/repair/save-drafts.ts'
import { problemOnPage } from '../../../i18n/catalogue.ts'
import type { AppDeps, AppEnv } from '../../ground/env.ts'
import { jobOf } from '../../ground/params.ts'
import type { Handler } from '../../ground/route.ts'
import {
  checkRejects,
  countFitting,
  MOST_CHECKED,
  type Fitting,
} from '../../repair/check-rejects.ts'
import { checkedMark } from '../../repair/checked-mark.ts'
import { correctReject, type ColumnRule } from '../../repair/correct-reject.ts'
import { FORMATS_OF_TYPE } from '../../assistant/formats-of-type.ts'
import { changeOf, pivotOf, type RuledField } from '../../../pipeline/repair/rules.ts'
import type { Touched } from '../../repair/keep-typed.ts'
import { readRepairPlace, ruleOf, scopeOf } from '../../repair/repair-place.ts'
import {
  repairRows,
  shownColumns,
  shownNames,
  type RefusedInput,
} from '../../repair/repair-rows.ts'
import {
  columnOfField,
  isMaskedColumn,
  openRepair,
  type RepairSession,
} from '../../repair/repair-session.ts'
import { maskedPart } from '../../repair/unmask.ts'
import { shownConflicts, shownTouches } from '../../repair/work-of-others.ts'
import { asideAnswers } from '../../repair/set-aside-form.ts'
import { showRefusal } from '../../responses/show-job.tsx'
import { drawOverview } from './draw-overview.tsx'
import { requireKind } from './require-kind.ts'

const RECORDS_A_PAGE = 50

/** The rejects of a job by reason, or the grid of one reason. */
export function showRepair(deps: AppDeps): Handler {
  return async (c) => {
    const job = await jobOf(deps.store.db, c)
    try {
      const first = requireRepairable(job)
      const place = readRepairPlace((name) => c.req.query(name))
      return place === undefined
        ? await drawOverview(c, deps, first)
        : await drawReason(c, deps, first, { place })
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
      return await showRefusal(c, deps, error, 'rejects')
    }
  }
}

const NO_OTHERS: Touched = { touched: [], count: 0 }

export type ReasonView = {
  place: RepairPlace
  /** What was typed and refused. */
  input?: RefusedInput | undefined
  /** What others did meanwhile. */
  others?: Touched | undefined
  /** The form that is refused. */
  form?: Record<string, unknown>
  error?: ConflictError | InvalidInputError | undefined
}

export async function drawReason(
  c: Context<AppEnv>,
  deps: AppDeps,
  job: RepairableJob,
  { place, input: kept, others = NO_OTHERS, form = {}, error }: ReasonView,
): Promise<Response> {
  const { db } = deps.store
  const kind = await requireKind(db, job, place)
  const session = await openRepair(deps.store, job)
  const rule = columnRuleOf(session, place)
  // Read before the check: a correction that comes in between is one that was not checked.
  const drafts = await listDrafts(db, job.id, kind.kind)
  const touch = await lastTouch(db, job.id, kind.kind)
  const input = kept && kept.refused.size + kept.conflicts.size > 0 ? kept : undefined
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
    { cells: RECORDS_A_PAGE },
  )
  const last = page.at(-1)?.record
  const reason = { kind: kind.kind, rule, shown: scopeOf(place, last) }
  const counted = await countFitting(session, reason, MOST_CHECKED)
  const fitting = { ...counted, isPart: !counted.isCapped && counted.looked < kind.open }
  const isMore = rejects.length > RECORDS_A_PAGE
  const shown = shownColumns(session, checked)
  const ui = c.get('ui')
  return c.html(
    <RepairReason
      ui={ui}
      job={job}
      kind={kind}
      place={place}
      formats={formatsOfColumn(session, place)}
      firstYear={firstYearOf(session, place)}
      names={shownNames(session, shown)}
      rows={repairRows(ui, session, {
        rejects: checked,
        shown,
        input,
        isEdited: true,
      })}
      fitting={fitting}
      masked={maskedPart(session, place, page)}
      nextMisfit={nextMisfit(fitting, { after: place.after, last, isMore })}
      hasDrafts={drafts.length > 0}
      checked={checkedMark({ rule: place.rule, drafts, fitting })}
      last={last}
      isMore={isMore}
      aside={asideAnswers(form)}
      conflicts={input === undefined ? [] : shownConflicts(session, page, input)}
      touched={{
        touched: shownTouches(session, others.touched, place.field, kept?.typed),
        count: others.count,
      }}
      lastTouch={touch}
      alert={error && problemOnPage(ui.language, error.problem)}
    />,
    error instanceof ConflictError ? 409 : error !== undefined || input !== undefined ? 422 : 200,
  )
}

/**
 * The next record behind a page that does not fit, or else the first before it. Where only the first
 * records were looked at, those behind them come before.
 */
function nextMisfit(
  { misfits, isCapped, isPart }: Fitting & { isPart: boolean },
  { after, last = after, isMore }: { after: number; last: number | undefined; isMore: boolean },
): number | undefined {
  const behind = misfits.find((record) => record > last)
  const isUnknown = (isCapped || isPart) && isMore
  return behind ?? (isUnknown ? undefined : misfits.find((record) => record <= after))
}

/** The rule as it applies to the column of the field; text that cannot be read has none. */
export function columnRuleOf(session: RepairSession, place: RepairPlace): ColumnRule | undefined {
  const column = ruledColumn(session, place)
  const rule = ruleOf(place.rule)
  if (column === undefined || rule === undefined) return undefined
  return { column, change: changeOf(rule, ruledField(session, column)) }
}

/** What a rule would make of a sensitive value could not be shown. */
function ruledColumn(session: RepairSession, { field }: RepairPlace): number | undefined {
  const column = columnOfField(session, field)
  return column !== undefined && isMaskedColumn(session, column) ? undefined : column
}

function ruledField({ plan: { mapping, options } }: RepairSession, column: number): RuledField {
  const at = mapping.sources.indexOf(column)
  return { type: mapping.fields[at]?.type ?? 'text', written: options[at]?.format ?? null }
}

/** The formats in which the values of the field may be written; undefined for the whole record. */
function formatsOfColumn(session: RepairSession, place: RepairPlace) {
  const column = ruledColumn(session, place)
  return column === undefined ? undefined : FORMATS_OF_TYPE[ruledField(session, column).type]
}

/** The first year that two digits can mean in these formats; undefined where none is of a date. */
function firstYearOf(session: RepairSession, place: RepairPlace): number | undefined {
  const column = ruledColumn(session, place)
  if (column === undefined || !formatsOfColumn(session, place)?.includes('dmy')) return undefined
  const { written } = ruledField(session, column)
  return partsOf(namedFormat('dmy', pivotOf(written))).pivot
}
