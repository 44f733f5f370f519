import { sql } from 'kysely'
import type { Db, Trx } from '../../db/store.ts'
import type { ListedReject, RawHead } from '../../domain/records/reject.ts'
import { LISTED_REJECT_COLUMNS, madeListed } from './walk-rejects.ts'

/** Bytes of a record that its page shows at most. */
const HEAD_BYTES = 64 * 1024
const PIECE_BYTES = 1024 * 1024

/** All messages about one record, in order, with the beginning and length of its bytes. */
export type FoundReject = RawHead & { first: ListedReject; messages: ListedReject[] }

/** The messages about one record; undefined where it was not rejected. */
export async function findReject(
  db: Db | Trx,
  jobId: number,
  record: number,
): Promise<FoundReject | undefined> {
  const rows = await ofRecord(db, jobId, record)
    .select(LISTED_REJECT_COLUMNS)
    .orderBy('seq')
    .execute()
  const messages = rows.map(madeListed)
  const [first] = messages
  const head = (await headsOf(db, jobId, [record])).get(record)
  return first && head && { ...head, first, messages }
}

/** The first `most` bytes and the length of rejected records, by record; others are left out. */
export async function headsOf(
  db: Db | Trx,
  jobId: number,
  records: number[],
  most = HEAD_BYTES,
): Promise<Map<number, RawHead>> {
  if (records.length === 0) return new Map()
  const rows = await db
    .selectFrom('tallyman_reject')
    .select('record')
    .select(sql<Buffer>`substr(raw, 1, ${most})`.as('head'))
    .select(sql<number>`length(raw)`.as('bytes'))
    .where('job_id', '=', jobId)
    .where('seq', '=', 0)
    .where('record', 'in', records)
    .execute()
  return new Map(rows.map(({ record, ...head }) => [record, head]))
}

/** Yields the bytes of a rejected record as in the source, in pieces of at most 1 MiB. */
export async function* bytesOfReject(
  db: Db | Trx,
  jobId: number,
  record: number,
): AsyncGenerator<Buffer> {
  let at = 1
  let piece: Buffer | undefined
  do {
    const row = await ofRecord(db, jobId, record)
      .select(sql<Buffer>`substr(raw, ${at}, ${PIECE_BYTES})`.as('piece'))
      .where('seq', '=', 0)
      .executeTakeFirst()
    piece = row?.piece
    if (piece !== undefined && piece.length > 0) yield piece
    at += PIECE_BYTES
  } while (piece?.length === PIECE_BYTES)
}

function ofRecord(db: Db | Trx, jobId: number, record: number) {
  return db.selectFrom('tallyman_reject').where('job_id', '=', jobId).where('record', '=', record)
}
