import type { Violation } from '../../domain/records/record.ts'

/** Maximum messages per record, which may have an error in each of over a thousand fields. */
const MOST_MESSAGES = 1_000

/** A limit is reached within a batch: later records must be rolled back. */
export class RejectLimitReached extends Error {
  override name = 'RejectLimitReached'
  /** Number of records in the batch up to the limit. */
  readonly records: number

  constructor(records: number) {
    super(`limit reached after ${records} records`)
    this.records = records
  }
}

/** Truncates very many messages and adds the number of the rest. */
export function firstOf(violations: readonly Violation[]): readonly Violation[] {
  const count = violations.length - MOST_MESSAGES
  if (count <= 0) return violations
  const more: Violation = { field: null, message: { code: 'TLY-3060', params: { count } } }
  return [...violations.slice(0, MOST_MESSAGES), more]
}
