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
