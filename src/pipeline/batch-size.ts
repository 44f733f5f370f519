/** Records that one batch takes at most. */
export const MAX_RECORDS = 10_000

/**
 * How many records the batch behind so many may take. Where a worker died, the records that it may
 * have had in hand are batches of their own, so that a second death tells of which of them it was.
 * @param diedAfter how many were processed when it died; null where none did
 */
export function mostRecords(processed: number, diedAfter: number | null): number {
  if (diedAfter === null || processed >= diedAfter + MAX_RECORDS) return MAX_RECORDS
  return processed < diedAfter ? Math.min(MAX_RECORDS, diedAfter - processed) : 1
}
