import type { Problem } from '../../domain/words/problems.ts'
import { openRejectsAfter, type ShownPart } from '../../engine/repair/open-rejects.ts'
import type { MetRow } from '../../pipeline/repair/rows-met.ts'
import type { CorrectionWarning } from '../../pipeline/repair/check-corrections.ts'
import { correctReject, type ColumnRule, type CorrectedReject } from './correct-reject.ts'
import type { RepairSession } from './repair-session.ts'
import { withoutMasks, type WholeReject } from './unmask.ts'

const RECORDS_A_PAGE = 500
/** Records of a reason that are checked before its page is shown. */
export const MOST_CHECKED = 2_000

/** Why a corrected record would be rejected again, and the field at fault. */
export type RepairFault = { problem: Problem; field: string | null }

/** A corrected record, why it does not fit, and what it changes of a row that is there already. */
export type CheckedReject = WholeReject & {
  misfit: RepairFault | undefined
  change: MetRow | undefined
  /** Whether it fits, and nothing of it would be written. */
  isIdle: boolean
  /** What the import would warn of, where it fits. */
  warning: RepairFault | undefined
}

/**
 * Checks corrected records by the validation of the import.
 * @param options.cells of how many rows that they change the cells are told
 */
export async function checkRejects(
  session: RepairSession,
  given: CorrectedReject[],
  options?: { cells: number },
): Promise<CheckedReject[]> {
  const corrected = await withoutMasks(session, given)
  const known = new Map(corrected.map((one) => [one.reject.record, knownMisfit(one)]))
  const open = corrected.flatMap(({ whole: raw, reject: { record, line, offset } }) =>
    raw === undefined || known.get(record) !== undefined ? [] : [{ record, line, offset, raw }],
  )
  const { faults, changes, warnings, idle } = await session.check(open, options)
  return corrected.map((one) => {
    const { record } = one.reject
    const other = faults.get(record)
    const misfit =
      other === 'no_record'
        ? { problem: { problem: 'not_one_record' } as const, field: null }
        : other && faultOf(other)
    const isFit = misfit === undefined && known.get(record) === undefined
    const change = isFit ? changes.get(record) : undefined
    const warned = isFit ? warnings.get(record) : undefined
    return {
      ...one,
      misfit: known.get(record) ?? misfit,
      change,
      isIdle: isFit && idle.has(record),
      warning: warned && faultOf(warned),
    }
  })
}

function faultOf({ code, params, field }: CorrectionWarning): RepairFault {
  return { problem: { code, params }, field }
}

/**
 * What needs no check: a record that cannot be written, and an unchanged double. The check knows
 * nothing of the other records of the file, so it would take that for a duplicate.
 */
function knownMisfit({ problem, isChanged, reject }: CorrectedReject): RepairFault | undefined {
  if (problem !== undefined) return { problem, field: null }
  const double = reject.messages.find(({ code }) => code === 'TLY-3007')
  if (isChanged || double === undefined) return undefined
  return { problem: { code: double.code, params: double.params }, field: double.field }
}

/** The open records of a reason, and a rule for them. */
export type CheckedReason = {
  kind: number
  rule: ColumnRule | undefined
  after?: number
  /** Only the records of a page and those that somebody corrected. */
  shown?: ShownPart | undefined
}

/**
 * Yields the open records of a reason as corrected and checked, in the order of the source.
 * @param reason.after a record; only those behind it
 */
export async function* iterateChecked(
  session: RepairSession,
  { kind, rule, after: first = 0, shown }: CheckedReason,
): AsyncGenerator<CheckedReject> {
  let after = first
  for (;;) {
    const { db } = session.store
    const page = { kind, after, limit: RECORDS_A_PAGE, shown }
    const rejects = await openRejectsAfter(db, session.job.id, page)
    const corrected = rejects.map((reject) => correctReject(session, reject, rule))
    yield* await checkRejects(session, corrected)
    after = rejects.at(-1)?.record ?? after
    if (rejects.length < RECORDS_A_PAGE) return
  }
}

/** How many of the first records of a reason fit; `isCapped` where there are more than these. */
export type Fitting = {
  looked: number
  fit: number
  /** Those of the fitting that change a row which the table has already. */
  changing: number
  /** Those of the fitting of which nothing would be written. */
  idle: number
  isCapped: boolean
  /** Those that were typed by hand, which the rule does not touch. */
  kept: number
  /** The records among them that do not fit. */
  misfits: number[]
}

export async function countFitting(
  session: RepairSession,
  reason: CheckedReason,
  limit: number,
): Promise<Fitting> {
  let [looked, changing, idle, kept] = [0, 0, 0, 0]
  const misfits: number[] = []
  const found = (isCapped: boolean) => {
    return { looked, fit: looked - misfits.length, changing, idle, isCapped, kept, misfits }
  }
  for await (const one of iterateChecked(session, reason)) {
    const { misfit, change, reject, isKept, isIdle } = one
    if (looked === limit) return found(true)
    looked++
    if (change !== undefined) changing++
    if (isIdle) idle++
    if (isKept) kept++
    if (misfit !== undefined) misfits.push(reject.record)
  }
  return found(false)
}

/**
 * Looks for a record that does not fit, behind one.
 * @returns it, or the last of `limit` records looked at; undefined where all of them fit to the end
 */
export async function findMisfit(
  session: RepairSession,
  reason: CheckedReason,
  limit: number,
): Promise<{ record: number; isMisfit: boolean } | undefined> {
  let looked = 0
  for await (const { misfit, reject } of iterateChecked(session, reason)) {
    const { record } = reject
    if (misfit !== undefined) return { record, isMisfit: true }
    if (++looked === limit) return { record, isMisfit: false }
  }
  return undefined
}
