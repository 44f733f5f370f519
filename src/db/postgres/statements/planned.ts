import type { Action, Decision } from '../../../domain/reconcile/decide.ts'
import type { RecordKey } from '../../../domain/reconcile/key.ts'
import type { Row, Violation } from '../../../domain/records/record.ts'

/** A record that has a key. */
export type KeyedRow = { row: Row; key: RecordKey }

/** A record, and the action to take for it. */
export type Planned = {
  /** The original record, and the one now tried, perhaps with fewer fields. */
  origin: Row
  row: Row
  action: Action
  /** Violations of the fields omitted so far. */
  warnings: Violation[]
  /** Applies the rule again, after a field was omitted. */
  decide: (row: Row) => Decision
}
