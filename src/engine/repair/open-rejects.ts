import { sql, type RawBuilder } from 'kysely'
import type { Db, Trx } from '../../db/store.ts'
import type { ListedReject } from '../../domain/records/reject.ts'
import { LISTED_REJECT_COLUMNS, madeListed } from '../rejects/walk-rejects.ts'

/** Bytes of a record that is edited in a page; a longer one is corrected in the exported file. */
export const MAX_EDITED_BYTES = 64 * 1024

/** A rejected record that is still open. */
export type OpenReject = {
  record: number
  line: number
  offset: number
  /** Its bytes in the source; undefined where there are too many of them. */
  raw: Buffer | undefined
  /** Its bytes as corrected so far; undefined where nobody changed it. */
  draft: Buffer | undefined
  /** Who corrected it last, and when. */
  corrected: { by: string; at: string } | undefined
  /** All messages about it, in order. */
  messages: ListedReject[]
}

/** Of a row that is called `reject`: its record is neither repaired nor set aside. */
export function isOpen(jobId: number): RawBuilder<boolean> {
  return sql`not exists (select 1 from tallyman_repair as repair
                         where repair.job_id = ${jobId} and repair.record = reject.record
                           and repair.status in ('repaired', 'set_aside'))`
}

type OpenPage = {
  kind: number
  after: number
  limit: number
  /** Only those that lie in a page, and those that somebody corrected. */
  shown?: ShownPart | undefined
}

/** The records behind one, up to another. */
export type ShownPart = { after: number; last: number }

/** The next open records of a reason, in the order of the source. */
export async function openRejectsAfter(
  db: Db | Trx,
  jobId: number,
  { kind, after, limit, shown }: OpenPage,
): Promise<OpenReject[]> {
  const { rows } = await sql<{ record: number }>`
    select distinct reject.record from tallyman_reject as reject
    where reject.job_id = ${jobId} and reject.kind = ${kind} and reject.record > ${after}
      and ${isOpen(jobId)} ${shown === undefined ? sql`` : isShown(jobId, shown)}
    order by reject.record limit ${limit}`.execute(db)
  return await readOpen(
    db,
    jobId,
    rows.map(({ record }) => record),
  )
}

function isShown(jobId: number, { after, last }: ShownPart): RawBuilder<unknown> {
  return sql`and ((reject.record > ${after} and reject.record <= ${last}) or reject.record in
    (select record from tallyman_repair where job_id = ${jobId} and status = 'open'
     and raw is not null))`
}

/** Those of these records that are rejected and still open. */
export async function openRejectsAmong(
  db: Db | Trx,
  jobId: number,
  records: number[],
): Promise<OpenReject[]> {
  if (records.length === 0) return []
  const { rows } = await sql<{ record: number }>`
    select distinct reject.record from tallyman_reject as reject
    where reject.job_id = ${jobId} and reject.record in (${sql.join(records)})
      and reject.type = 'error'
      and ${isOpen(jobId)}
    order by reject.record`.execute(db)
  return await readOpen(
    db,
    jobId,
    rows.map(({ record }) => record),
  )
}

async function readOpen(db: Db | Trx, jobId: number, records: number[]): Promise<OpenReject[]> {
  if (records.length === 0) return []
  const rows = await db
    .selectFrom('tallyman_reject')
    .select(LISTED_REJECT_COLUMNS)
    // The bytes are stored with the first message; very many of them are not read.
    .select(sql<number>`length(raw)`.as('bytes'))
    .select(sql<Buffer>`substr(raw, 1, ${MAX_EDITED_BYTES})`.as('raw'))
    .where('job_id', '=', jobId)
    .where('record', 'in', records)
    .orderBy('record')
    .orderBy('seq')
    .execute()
  const drafts = await draftsOf(db, jobId, records)
  return [...Map.groupBy(rows, ({ record }) => record)].flatMap(([record, [first, ...others]]) => {
    if (first === undefined) return []
    const { line, offset, bytes, raw } = first
    const { raw: draft, ...corrected } = drafts.get(record) ?? {}
    return {
      record,
      line,
      offset,
      raw: bytes <= MAX_EDITED_BYTES ? raw : undefined,
      draft,
      corrected: 'by' in corrected ? corrected : undefined,
      messages: [first, ...others].map(({ raw: _raw, bytes: _bytes, ...row }) => madeListed(row)),
    }
  })
}

type StoredDraft = { raw: Buffer; by: string; at: string }

export async function draftsOf(
  db: Db | Trx,
  jobId: number,
  records: number[],
): Promise<Map<number, StoredDraft>> {
  const rows = await db
    .selectFrom('tallyman_repair')
    .select(['record', 'raw', 'by', 'at'])
    .where('job_id', '=', jobId)
    .where('record', 'in', records)
    .where('raw', 'is not', null)
    .execute()
  return new Map(
    rows.flatMap(({ record, raw, ...act }) => (raw === null ? [] : [[record, { raw, ...act }]])),
  )
}
