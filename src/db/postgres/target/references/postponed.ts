import { sql } from 'kysely'
import type { Attempt } from '../../../../domain/records/record.ts'
import type { Db, Trx, PostponedRecord, PostponedRecords } from '../../../store.ts'

/** Prefix of `waits_for` where the record was retried in vain and nothing was written since. */
export const IN_VAIN = '!'
/** Prefix of the key of an earlier record that must be settled first. */
export const BEHIND = '<'
/** Prefix of the key of the record whose row must be deleted or changed first. */
export const HELD_BY = '>'
/** Keys that sort after it may exist unannounced, made by a trigger or generated column. */
const UNSURE = '='

type StoredRecord = Omit<PostponedRecord, 'attempt'>

/** The postponed records of a job, for retries. */
export function openPostponed(jobId: number): PostponedRecords {
  const first = (of: Db | Trx) =>
    of
      .selectFrom('tallyman_postponed')
      .select(['record', 'line', 'offset', 'raw'])
      .where('job_id', '=', jobId)
      .limit(1)
  const take = async (trx: Trx, found: StoredRecord | undefined, attempt: Attempt) => {
    if (found === undefined) return undefined
    await trx
      .deleteFrom('tallyman_postponed')
      .where('job_id', '=', jobId)
      .where('record', '=', found.record)
      .execute()
    return { ...found, attempt }
  }
  const free = (trx: Trx) =>
    first(trx).where('waits_for', 'is', null).orderBy('record').executeTakeFirst()
  const unsure = (trx: Trx) =>
    first(trx)
      .where(sql<boolean>`waits_for collate "C" > ${UNSURE}`)
      .orderBy(sql`waits_for collate "C"`, 'desc')
      .orderBy('record', 'desc')
      .executeTakeFirst()
  return {
    isAny: async (db) => (await first(db).executeTakeFirst()) !== undefined,
    async take(trx) {
      return (
        (await take(trx, await free(trx), 'again')) ??
        (await take(trx, await unsure(trx), 'unsure')) ??
        (await take(trx, await first(trx).orderBy('record').executeTakeFirst(), 'last'))
      )
    },
  }
}
