/** Records that one batch takes at most. */
export const MAX_RECORDS = 10_000
const MIN_RECORDS = 50
/** How long a batch should hold the write lock, in milliseconds: somebody's click waits for it. */
const BATCH_MS = 30

/** How many records the next batch should take, by what the last one took. */
export class BatchSize {
  records = MIN_RECORDS

  adapt(count: number, milliseconds: number): void {
    const wanted = (count * BATCH_MS) / Math.max(milliseconds, 1)
    const size = Math.min(MAX_RECORDS, this.records * 2, Math.max(MIN_RECORDS, wanted))
    this.records = Math.floor(size / MIN_RECORDS) * MIN_RECORDS
  }
}

/**
 * How many records the batch behind so many may take, each of which brings the run one further
 * at most. Where a worker died, the records that it may
 * have had in hand are batches of their own, so that a second death tells of which of them it was.
 * @param reached how far the run is
 * @param diedAfter how far it was when the worker died; null where none did
 */
export function batchLimit(reached: number, diedAfter: number | null): number {
  if (diedAfter === null || reached >= diedAfter + MAX_RECORDS) return MAX_RECORDS
  return reached < diedAfter ? Math.min(MAX_RECORDS, diedAfter - reached) : 1
}
