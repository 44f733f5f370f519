import type { Action, Decision } from '../../../domain/reconcile/decide.ts'
import type { RecordKey } from '../../../domain/reconcile/key.ts'
import type { Row, Violation } from '../../../domain/records/record.ts'

/** A record with a key of its own. */
export type KeyedRow = { row: Row; key: RecordKey }

/** A record, and the action that is to be taken for it. */
export type Planned = {
  /** As it came, and as it is tried now, perhaps with a field less. */
  origin: Row
  row: Row
  action: Action
  /** Of fields that were left out so far. */
  warnings: Violation[]
  /** The rule again, for the record with a field less. */
  decide: (row: Row) => Decision
}
