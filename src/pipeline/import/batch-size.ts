/** Maximum records per batch. */
export const MAX_RECORDS = 50_000
/** Records in the first batch of a run, and the fewest in any. */
export const MIN_RECORDS = 50

/** Adapts the number of records per batch to the duration of the last one. */
export class BatchSize {
  readonly #milliseconds: number
  records = MIN_RECORDS

  /** @param milliseconds target time of a batch */
  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds
  }

  /** Maximum records in the batch after the one under way. */
  get next(): number {
    return Math.min(MAX_RECORDS, this.records * 2)
  }

  adapt(count: number, milliseconds: number): void {
    const wanted = (count * this.#milliseconds) / Math.max(milliseconds, 1)
    const size = Math.min(this.next, Math.max(MIN_RECORDS, wanted))
    this.records = Math.floor(size / MIN_RECORDS) * MIN_RECORDS
  }
}

/** The records that a worker may have had in hand when it died. */
export type Suspects = {
  /** Progress of the run when it died, in records. */
  diedAfter: number
  count: number
}

/** The most suspects that are written one by one. */
const ALONE = 1_000

/**
 * The maximum number of records in the next batch. After a worker died, each suspect is a batch of
 * its own, so that a second death identifies the record; of too many, the second leaves a few, and
 * a third identifies it.
 * @param reached progress of the run, in records
 */
export function batchLimit(reached: number, suspects: Suspects | null): number {
  if (suspects === null) return MAX_RECORDS
  const { diedAfter, count } = suspects
  if (reached < diedAfter) return Math.min(MAX_RECORDS, diedAfter - reached)
  if (reached >= diedAfter + count) return MAX_RECORDS
  return count > ALONE ? Math.ceil(Math.sqrt(count)) : 1
}
