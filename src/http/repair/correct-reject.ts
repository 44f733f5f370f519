import type { Problem } from '../../domain/words/problems.ts'
import { UnusableError } from '../../domain/words/errors.ts'
import type { OpenReject } from '../../engine/repair/open-rejects.ts'
import type { ValueChange } from '../../pipeline/repair/rules.ts'
import { rewriteValues, valuesOfRecord } from '../../pipeline/repair/rewrite.ts'
import type { RepairSession } from './repair-session.ts'

/** A rule for one column. */
export type ColumnRule = { column: number; change: ValueChange }

/** A rejected record as corrected by hand and by a rule. */
export type CorrectedReject = {
  reject: OpenReject
  /** Its corrected bytes; undefined where it is too long to be read here. */
  raw: Buffer | undefined
  isChanged: boolean
  /** Its values in the source, as corrected by hand, and as corrected; undefined: unreadable. */
  before: string[] | undefined
  byHand: string[] | undefined
  values: string[] | undefined
  /** Whether the rule would change the value, and does not, since it was typed by hand. */
  isKept: boolean
  /** Why the rule cannot be applied to it. */
  problem: Problem | undefined
}

/** Applies a rule where nobody changed the value by hand. */
export function correctReject(
  { readerOf }: RepairSession,
  reject: OpenReject,
  rule: ColumnRule | undefined,
): CorrectedReject {
  const { raw: original, draft } = reject
  const reader = readerOf(reject.record)
  const raw = draft ?? original
  if (raw === undefined) {
    const nothing = { raw, before: undefined, byHand: undefined, values: undefined }
    return {
      reject,
      ...nothing,
      isChanged: false,
      isKept: false,
      problem: { problem: 'too_long_here' },
    }
  }
  const before = original && valuesOfRecord(reader, reject, original)
  const values = valuesOfRecord(reader, reject, raw)
  const isChanged = draft !== undefined && original?.equals(draft) !== true
  const known = { reject, raw, before, byHand: values, values, isChanged }
  const corrected = { ...known, isKept: false, problem: undefined }
  if (rule === undefined || values === undefined) return corrected
  const { column, change } = rule
  const value = values[column] ?? ''
  const isByHand = before !== undefined && (before[column] ?? '') !== value
  const next = change(value)
  if (isByHand || next === value) return { ...corrected, isKept: next !== value }
  try {
    const rewritten = rewriteValues(reader, reject, { raw, changes: new Map([[column, next]]) })
    const now = valuesOfRecord(reader, reject, rewritten)
    return { ...corrected, raw: rewritten, values: now, isChanged: true }
  } catch (error) {
    if (!(error instanceof UnusableError)) throw error
    return { ...corrected, problem: error.problem }
  }
}
