import type { Trx } from '../../db/store.ts'
import type { Correction } from '../../domain/records/correction.ts'
import { rejectedAmong } from './rejected-among.ts'

/** Every database takes 32,766 parameters in a statement; a row has at most eight. */
const ROWS_A_STATEMENT = 1_000

/** A rejected record and its corrected bytes. */
export type Corrected = Pick<Correction, 'record' | 'raw'>

/**
 * Marks rejects as repaired by a linked job, and stores their corrected records as its source. The
 * primary key decides: of two that take the same reject, the second gets nothing.
 * @returns the number of rejects taken; those that are repaired or set aside are left out
 */
export async function takeRejects(
  trx: Trx,
  { firstId, linkedId }: { firstId: number; linkedId: number },
  corrected: Corrected[],
  { actor, now }: { actor: string; now: Date },
): Promise<number> {
  const at = now.toISOString()
  let count = 0
  for (let from = 0; from < corrected.length; from += ROWS_A_STATEMENT) {
    const piece = corrected.slice(from, from + ROWS_A_STATEMENT)
    const places = await rejectedAmong(
      trx,
      firstId,
      piece.map(({ record }) => record),
    )
    const wanted = piece.filter(({ record }) => places.has(record))
    if (wanted.length === 0) continue
    const taken = await trx
      .insertInto('tallyman_repair')
      .values(
        wanted.map(({ record }) => ({
          job_id: firstId,
          record,
          status: 'repaired' as const,
          raw: null,
          by: actor,
          at,
          reason: null,
          repaired_by_job: linkedId,
        })),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['job_id', 'record'])
          .doUpdateSet({
            status: 'repaired',
            raw: null,
            by: actor,
            at,
            reason: null,
            repaired_by_job: linkedId,
          })
          .where('tallyman_repair.status', '=', 'open'),
      )
      .returning('record')
      .execute()
    const isTaken = new Set(taken.map(({ record }) => record))
    const rows = wanted.flatMap(({ record, raw }) => {
      const place = places.get(record)
      return place && isTaken.has(record) ? [{ job_id: linkedId, record, ...place, raw }] : []
    })
    if (rows.length > 0) await trx.insertInto('tallyman_correction').values(rows).execute()
    count += rows.length
  }
  return count
}
