import type { Action, Decision, KeyFindings } from '../../../domain/reconcile/decide.ts'
import type { RecordKey } from '../../../domain/reconcile/key.ts'
import type { Row, Violation } from '../../../domain/records/record.ts'

/** A value that is made when it is first used, or before. */
export class Lazy<Value> {
  readonly #make: () => Value
  #made: { value: Value } | undefined
  #isUsed = false

  constructor(make: () => Value) {
    this.#make = make
  }

  get isUsed(): boolean {
    return this.#isUsed
  }

  get value(): Value {
    this.#isUsed = true
    return this.makeEarly()
  }

  makeEarly(): Value {
    this.#made ??= { value: this.#make() }
    return this.#made.value
  }
}

/** Records, and the same in COPY's format. */
export type StagingRows = { rows: Row[]; bytes: Buffer }

/** Records that are applied at once, and those of them that the staging table takes. */
export type GivenRows = { rows: Row[]; staging: Lazy<StagingRows> }

/** A record that has a key. */
export type KeyedRow = { row: Row; key: RecordKey }

/** The rows that a key finds, and the physical place of the first where there are two keys. */
export type FoundRow = {
  found: KeyFindings['found']
  place: string | undefined
  /** Whether the record is in the staging table. */
  isStaged?: boolean
}

/** A record, and the action to take for it. */
export type Planned = {
  /** The original record, and the one now tried, perhaps with fewer fields. */
  origin: Row
  row: Row
  action: Action
  /** Whether the original record is in the staging table. */
  isStaged: boolean
  /** Violations of the fields omitted so far. */
  warnings: Violation[]
  /** Applies the rule again, after a field was omitted. */
  decide: (row: Row) => Decision
}
