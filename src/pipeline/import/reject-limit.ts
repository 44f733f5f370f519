/** A limit was reached within a batch: what comes behind it must not be written. */
export class RejectLimitReached extends Error {
  override name = 'LimitWithin'
  /** Records of the batch up to the limit. */
  readonly records: number

  constructor(records: number) {
    super(`limit reached after ${records} records`)
    this.records = records
  }
}
