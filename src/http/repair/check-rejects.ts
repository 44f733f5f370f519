import type { Problem } from '../../domain/words/problems.ts'
import { openRejectsAfter } from '../../engine/repair/open-rejects.ts'
import { correctReject, type ColumnRule, type CorrectedReject } from './correct-reject.ts'
import type { RepairSession } from './repair-session.ts'

const RECORDS_A_PAGE = 500

/** Why a corrected record would be rejected again, and the field at fault. */
export type RepairFault = { problem: Problem; field: string | null }

/** A corrected record and why it does not fit; undefined where it does. */
export type CheckedReject = CorrectedReject & { misfit: RepairFault | undefined }

/** Checks corrected records by the validation of the import. */
export async function checkRejects(
  session: RepairSession,
  corrected: CorrectedReject[],
): Promise<CheckedReject[]> {
  const known = new Map(corrected.map((one) => [one.reject.record, knownMisfit(one)]))
  const open = corrected.flatMap(({ raw, reject: { record, line, offset } }) =>
    raw === undefined || known.get(record) !== undefined ? [] : [{ record, line, offset, raw }],
  )
  const found = await session.check(open)
  return corrected.map((one) => {
    const { record } = one.reject
    const other = found.get(record)
    const misfit =
      other === 'no_record'
        ? { problem: { problem: 'not_one_record' } as const, field: null }
        : other && { problem: { code: other.code, params: other.params }, field: other.field }
    return { ...one, misfit: known.get(record) ?? misfit }
  })
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

type Reason = { kind: number; rule: ColumnRule | undefined }

/** Yields the open records of a reason as corrected and checked, in the order of the source. */
export async function* iterateChecked(
  session: RepairSession,
  { kind, rule }: Reason,
): AsyncGenerator<CheckedReject> {
  let after = 0
  for (;;) {
    const { db } = session.store
    const page = { kind, after, limit: RECORDS_A_PAGE }
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
  isCapped: boolean
  /** The records among them that do not fit. */
  misfits: number[]
}

export async function countFitting(
  session: RepairSession,
  reason: Reason,
  limit: number,
): Promise<Fitting> {
  let looked = 0
  const misfits: number[] = []
  const found = (isCapped: boolean) => ({ looked, fit: looked - misfits.length, isCapped, misfits })
  for await (const { misfit, reject } of iterateChecked(session, reason)) {
    if (looked === limit) return found(true)
    looked++
    if (misfit !== undefined) misfits.push(reject.record)
  }
  return found(false)
}
