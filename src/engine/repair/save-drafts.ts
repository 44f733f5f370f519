import { sql } from 'kysely'
import type { Db, Trx } from '../../db/store.ts'
import { OVER_STATUSES } from '../../domain/states/status.ts'
import { inTransaction } from '../ground/in-transaction.ts'
import { lockForEdit } from '../jobs/lock-for-edit.ts'
import { draftsOf } from './open-rejects.ts'
import { rejectedAmong } from './rejected-among.ts'
import { requireRepairable } from './require-repairable.ts'
import type { Corrected } from './take-rejects.ts'

const ROWS_A_STATEMENT = 1_000

/** A record as corrected, and the correction of which it was made; undefined: of the source's. */
export type Draft = Corrected & { basis: Buffer | undefined }

/**
 * Keeps records as corrected so far, so that somebody can go on later. Those that are repaired, set
 * aside or corrected by somebody else meanwhile stay as they are.
 */
export async function saveDrafts(
  db: Db | Trx,
  jobId: number,
  drafts: Draft[],
  { actor, now }: { actor: string; now: Date },
): Promise<void> {
  if (drafts.length === 0) return
  const at = now.toISOString()
  await inTransaction(db, async (trx) => {
    requireRepairable(await lockForEdit(trx, jobId, { act: 'repair', allowed: OVER_STATUSES }))
    for (let from = 0; from < drafts.length; from += ROWS_A_STATEMENT) {
      const piece = drafts.slice(from, from + ROWS_A_STATEMENT)
      const records = piece.map(({ record }) => record)
      const known = await rejectedAmong(trx, jobId, records)
      const current = await draftsOf(trx, jobId, records)
      const rows = piece
        .filter(({ record, basis }) => known.has(record) && isSame(current.get(record)?.raw, basis))
        .map(({ record, raw }) => ({
          job_id: jobId,
          record,
          status: 'open' as const,
          raw,
          by: actor,
          at,
          reason: null,
          repaired_by_job: null,
        }))
      if (rows.length === 0) continue
      await trx
        .insertInto('tallyman_repair')
        .values(rows)
        .onConflict((conflict) =>
          conflict
            .columns(['job_id', 'record'])
            .doUpdateSet((eb) => ({ raw: eb.ref('excluded.raw'), by: actor, at }))
            .where('tallyman_repair.status', '=', 'open'),
        )
        .execute()
    }
  })
}

function isSame(one: Buffer | undefined, other: Buffer | undefined): boolean {
  return one === undefined || other === undefined ? one === other : one.equals(other)
}

/** Forgets the corrections of the open rejects of a reason; the rejects themselves stay. */
export async function discardDrafts(db: Db | Trx, jobId: number, kind: number): Promise<void> {
  await inTransaction(db, async (trx) => {
    requireRepairable(await lockForEdit(trx, jobId, { act: 'repair', allowed: OVER_STATUSES }))
    await sql`
      delete from tallyman_repair where job_id = ${jobId} and status = 'open'
        and record in (select record from tallyman_reject
                       where job_id = ${jobId} and kind = ${kind})`.execute(trx)
  })
}

/** A correction of an open reject, and when it was last changed. */
export type DraftVersion = { record: number; at: string }

/** Which open rejects of a reason somebody corrected, and when. */
export async function listDrafts(
  db: Db | Trx,
  jobId: number,
  kind: number,
): Promise<DraftVersion[]> {
  const { rows } = await sql<DraftVersion>`
    select distinct repair.record, repair.at from tallyman_repair as repair
    join tallyman_reject as reject
      on reject.job_id = repair.job_id and reject.record = repair.record
    where repair.job_id = ${jobId} and repair.status = 'open' and repair.raw is not null
      and reject.kind = ${kind} order by repair.record`.execute(db)
  return rows
}
