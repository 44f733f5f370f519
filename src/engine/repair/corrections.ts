import { sql } from 'kysely'
import type { Db, Trx } from '../../db/store.ts'
import type { Correction } from '../../domain/records/correction.ts'

/** Bytes of records in memory at once, unless a single record is larger. */
const PAGE_BYTES = 4 * 1024 * 1024
const PAGE_RECORDS = 1_000

/** How many corrected records a linked job has, up to a record, and how many bytes they take. */
export async function measureCorrections(
  db: Db | Trx,
  jobId: number,
  upTo = Number.MAX_SAFE_INTEGER,
): Promise<{ count: number; bytes: number }> {
  const { rows } = await sql<{ count: number; bytes: number | null }>`
    select count(*) as count, cast(sum(length(raw)) as bigint) as bytes
    from tallyman_correction where job_id = ${jobId} and record <= ${upTo}`.execute(db)
  return { count: rows[0]?.count ?? 0, bytes: rows[0]?.bytes ?? 0 }
}

/** The number, in the first job's file, of the `place`th corrected record, from 1; 0 for none. */
export async function correctionAt(db: Db | Trx, jobId: number, place: number): Promise<number> {
  if (place === 0) return 0
  const row = await db
    .selectFrom('tallyman_correction')
    .select('record')
    .where('job_id', '=', jobId)
    .orderBy('record')
    .offset(place - 1)
    .limit(1)
    .executeTakeFirst()
  return row?.record ?? Number.MAX_SAFE_INTEGER
}

/** The next corrected records after one, in the order of the file; none at the end. */
export async function correctionsAfter(
  db: Db,
  jobId: number,
  after: number,
): Promise<Correction[]> {
  const sizes = await db
    .selectFrom('tallyman_correction')
    .select('record')
    .select(sql<number>`length(raw)`.as('bytes'))
    .where('job_id', '=', jobId)
    .where('record', '>', after)
    .orderBy('record')
    .limit(PAGE_RECORDS)
    .execute()
  let bytes = 0
  const fitting = sizes.filter((one, at) => {
    bytes += one.bytes
    return at === 0 || bytes <= PAGE_BYTES
  })
  const last = fitting.at(-1)
  if (last === undefined) return []
  return await db
    .selectFrom('tallyman_correction')
    .select(['record', 'line', 'offset', 'raw'])
    .where('job_id', '=', jobId)
    .where('record', '>', after)
    .where('record', '<=', last.record)
    .orderBy('record')
    .execute()
}
