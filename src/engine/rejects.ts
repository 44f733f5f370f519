import type { Selectable } from 'kysely'
import type { RejectTable } from '../db/schema.ts'
import type { Db, Trx } from '../db/store.ts'
import type { MessageCode } from '../domain/messages.ts'
import type { Reject, StoredReject } from '../domain/reject.ts'
import { toParams } from './job-row.ts'

// SQLite takes 32,766 parameters in a statement; a reject has twelve.
const ROWS_A_STATEMENT = 1_000
const PAGE_SIZE = 1_000

export type RejectFilter = {
  type?: Reject['type'] | undefined
  code?: MessageCode | undefined
}

export type RejectPosition = { record: number; seq: number }

export type RejectSummary = {
  type: Reject['type']
  code: MessageCode
  field: string | null
  count: number
}

/** Stores the messages of a batch, in which all messages of one record must be together. */
export async function writeRejects(
  trx: Trx,
  jobId: number,
  rejects: Reject[],
  now: Date,
): Promise<void> {
  const at = now.toISOString()
  const seqs = new Map<number, number>()
  const rows = rejects.map((reject) => {
    const seq = seqs.get(reject.record) ?? 0
    seqs.set(reject.record, seq + 1)
    const { record, line, offset, connector, type, field, code, params, raw } = reject
    const message = { type, field, code, params: JSON.stringify(params), raw }
    return { job_id: jobId, seq, at, record, line, offset, connector, ...message }
  })
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
    const piece = rows.slice(from, from + ROWS_A_STATEMENT)
    await trx.insertInto('tallyman_reject').values(piece).execute()
  }
}

/** A page of rejects in the order of the source, from behind `after`. */
export async function listRejects(
  db: Db | Trx,
  jobId: number,
  {
    after,
    limit,
    type,
    code,
  }: RejectFilter & { after?: RejectPosition | undefined; limit: number },
): Promise<StoredReject[]> {
  let query = db
    .selectFrom('tallyman_reject')
    .selectAll()
    .where('job_id', '=', jobId)
    .orderBy('record')
    .orderBy('seq')
    .limit(limit)
  if (type !== undefined) query = query.where('type', '=', type)
  if (code !== undefined) query = query.where('code', '=', code)
  if (after !== undefined) {
    // The first condition says nothing new, but lets the index begin there.
    query = query
      .where('record', '>=', after.record)
      .where((eb) => eb.or([eb('record', '>', after.record), eb('seq', '>', after.seq)]))
  }
  return (await query.execute()).map(toReject)
}

/** All rejects of a job in the order of the source, read page by page. */
export async function* iterateRejects(
  db: Db | Trx,
  jobId: number,
  filter: RejectFilter = {},
): AsyncGenerator<StoredReject> {
  let after: RejectPosition | undefined
  let page: StoredReject[]
  do {
    page = await listRejects(db, jobId, { ...filter, after, limit: PAGE_SIZE })
    yield* page
    after = page.at(-1)
  } while (page.length === PAGE_SIZE)
}

/** How many messages there are of each kind, the most frequent first. */
export async function summarizeRejects(db: Db | Trx, jobId: number): Promise<RejectSummary[]> {
  const rows = await db
    .selectFrom('tallyman_reject')
    .select((eb) => ['type', 'code', 'field', eb.fn.countAll().as('count')])
    .where('job_id', '=', jobId)
    .groupBy(['type', 'code', 'field'])
    .orderBy('count', 'desc')
    .orderBy('code')
    .orderBy('field')
    .execute()
  return rows.map((row) => ({ ...row, count: Number(row.count) }))
}

function toReject(row: Selectable<RejectTable>): StoredReject {
  const { job_id: _jobId, ...reject } = row
  return { ...reject, params: toParams(row.params) }
}
