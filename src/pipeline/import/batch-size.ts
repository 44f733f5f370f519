/** Maximum records per batch. */
export const MAX_RECORDS = 10_000
const MIN_RECORDS = 50

/** Adapts the number of records per batch to the duration of the last one. */
export class BatchSize {
  readonly #milliseconds: number
  records = MIN_RECORDS

  /** @param milliseconds target time of a batch */
  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds
  }

  adapt(count: number, milliseconds: number): void {
    const wanted = (count * this.#milliseconds) / Math.max(milliseconds, 1)
    const size = Math.min(MAX_RECORDS, this.records * 2, Math.max(MIN_RECORDS, wanted))
    this.records = Math.floor(size / MIN_RECORDS) * MIN_RECORDS
  }
}

/**
 * The maximum number of records in the next batch. After a worker died, each record that it may
 * have had in hand is a batch of its own, so that a second death identifies the record.
 * @param reached progress of the run, in records
 * @param diedAfter progress when the worker died; null if none died
 */
export function batchLimit(reached: number, diedAfter: number | null): number {
  if (diedAfter === null || reached >= diedAfter + MAX_RECORDS) return MAX_RECORDS
  return reached < diedAfter ? Math.min(MAX_RECORDS, diedAfter - reached) : 1
}
