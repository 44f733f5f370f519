import { sql } from 'kysely'
import type { Db, Trx } from '../../db/store.ts'
import { ConflictError, InvalidInputError } from '../../domain/words/errors.ts'
import { requireNoNul } from '../../domain/texts/nul.ts'
import { OVER_STATUSES } from '../../domain/states/status.ts'
import { inTransaction } from '../ground/in-transaction.ts'
import { writeJournal } from '../ground/journal.ts'
import { lockForEdit } from '../jobs/lock-for-edit.ts'
import { rejectedAmong } from './rejected-among.ts'
import { addToCounts } from './repair-counts.ts'
import { requireRepairable } from './require-repairable.ts'

export const MAX_REASON = 500
const ROWS_A_STATEMENT = 1_000

type By = { actor: string; now: Date }

/**
 * Sets open rejects aside, with the reason and the name of who decided it: nobody needs to repair
 * them. Those that are repaired or set aside already stay as they are.
 * @returns how many were set aside
 * @throws InvalidInputError at `reason` where it is empty or too long
 * @throws ConflictError where none of them is open
 */
export async function setAside(
  db: Db | Trx,
  jobId: number,
  records: number[],
  { reason: given, ...by }: By & { reason: string },
): Promise<number> {
  const reason = checkedReason(given)
  return inTransaction(db, async (trx) => {
    requireRepairable(await lockForEdit(trx, jobId, { act: 'repair', allowed: OVER_STATUSES }))
    let count = 0
    for (let at = 0; at < records.length; at += ROWS_A_STATEMENT) {
      const piece = await rejectedAmong(trx, jobId, records.slice(at, at + ROWS_A_STATEMENT))
      const rows = [...piece.keys()].map((record) => ({
        job_id: jobId,
        record,
        status: 'set_aside' as const,
        raw: null,
        by: by.actor,
        at: by.now.toISOString(),
        reason,
        repaired_by_job: null,
      }))
      if (rows.length === 0) continue
      const set = await trx
        .insertInto('tallyman_repair')
        .values(rows)
        .onConflict((conflict) =>
          conflict
            .columns(['job_id', 'record'])
            .doUpdateSet({
              status: 'set_aside',
              by: by.actor,
              at: by.now.toISOString(),
              reason,
            })
            .where('tallyman_repair.status', '=', 'open'),
        )
        .returning('record')
        .execute()
      count += set.length
    }
    if (count === 0) throw new ConflictError({ problem: 'repaired_already', id: jobId })
    await addToCounts(trx, jobId, { setAside: count })
    await writeJournal(trx, jobId, { code: 'TLY-1062', params: { count, reason } }, by)
    return count
  })
}

/**
 * Sets all open rejects of a reason aside.
 * @returns how many were set aside
 * @throws InvalidInputError at `reason` where it is empty or too long
 * @throws ConflictError where none of them is open
 */
export async function setAsideKind(
  db: Db | Trx,
  jobId: number,
  kind: number,
  { reason: given, actor, now }: By & { reason: string },
): Promise<number> {
  const reason = checkedReason(given)
  return inTransaction(db, async (trx) => {
    requireRepairable(await lockForEdit(trx, jobId, { act: 'repair', allowed: OVER_STATUSES }))
    const { numAffectedRows = 0n } = await sql`
      insert into tallyman_repair (job_id, record, status, "by", at, reason)
      select distinct job_id, record, 'set_aside', ${actor}, ${now.toISOString()}, ${reason}
      from tallyman_reject where job_id = ${jobId} and kind = ${kind} and type = 'error'
      on conflict (job_id, record) do update
      set status = excluded.status, "by" = excluded."by", at = excluded.at, reason = excluded.reason
      where tallyman_repair.status = 'open'`.execute(trx)
    const count = Number(numAffectedRows)
    if (count === 0) throw new ConflictError({ problem: 'repaired_already', id: jobId })
    await addToCounts(trx, jobId, { setAside: count })
    await writeJournal(trx, jobId, { code: 'TLY-1062', params: { count, reason } }, { actor, now })
    return count
  })
}

/**
 * Opens rejects again that were set aside.
 * @returns how many were opened
 * @throws ConflictError where none of them is set aside
 */
export async function takeBack(
  db: Db | Trx,
  jobId: number,
  records: number[],
  by: By,
): Promise<number> {
  return inTransaction(db, async (trx) => {
    requireRepairable(await lockForEdit(trx, jobId, { act: 'repair', allowed: OVER_STATUSES }))
    let count = 0
    for (let at = 0; at < records.length; at += ROWS_A_STATEMENT) {
      const { numUpdatedRows } = await trx
        .updateTable('tallyman_repair')
        .set({ status: 'open', by: by.actor, at: by.now.toISOString(), reason: null })
        .where('job_id', '=', jobId)
        .where('record', 'in', records.slice(at, at + ROWS_A_STATEMENT))
        .where('status', '=', 'set_aside')
        .executeTakeFirstOrThrow()
      count += Number(numUpdatedRows)
    }
    if (count === 0) throw new ConflictError({ problem: 'not_set_aside', id: jobId })
    await addToCounts(trx, jobId, { setAside: -count })
    await writeJournal(trx, jobId, { code: 'TLY-1063', params: { count } }, by)
    return count
  })
}

/** @throws InvalidInputError at `reason` where it is empty or too long */
export function checkedReason(given: string): string {
  const reason = given.trim()
  if (reason === '') throw new InvalidInputError({ problem: 'no_reason' }, { at: ['reason'] })
  if (reason.length > MAX_REASON) {
    throw new InvalidInputError({ problem: 'too_long', limit: MAX_REASON }, { at: ['reason'] })
  }
  requireNoNul(reason, 'reason')
  return reason
}
