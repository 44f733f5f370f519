import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { RejectTable } from '../../db/schema.ts'
import type { Db, Trx } from '../../db/store.ts'
import type { ListedReject, StoredReject } from '../../domain/records/reject.ts'
import { toParams } from '../ground/job-row.ts'
import { listRejectKinds, type RejectFilter } from './reject-kinds.ts'

/** No database has to take more than 500 terms in a compound select; each kind takes up to two. */
const KINDS_A_STATEMENT = 100

export type RejectPosition = Pick<StoredReject, 'record' | 'seq'>

export type PageDirection = 'next' | 'previous'
export type Walk = { after?: RejectPosition | undefined; way?: PageDirection; limit: number }

/** The columns to read, and how to convert a row. */
export type RejectColumns<Row, Made> = { columns: RawBuilder<unknown>; make(row: Row): Made }

/** Without the bytes of the record: they may be many megabytes, which the database then skips. */
export const LISTED_REJECT_COLUMNS = [
  'record',
  'seq',
  'at',
  'line',
  'offset',
  'connector',
  'type',
  'field',
  'code',
  'params',
] as const
type ListedRow = Pick<Selectable<RejectTable>, (typeof LISTED_REJECT_COLUMNS)[number]>
const listedColumns = sql.join(LISTED_REJECT_COLUMNS.map((column) => sql.ref(`reject.${column}`)))
export const madeListed = <Row extends ListedRow>({ params, ...row }: Row) => ({
  ...row,
  params: toParams(params),
})

export const LISTED_REJECT: RejectColumns<ListedRow, ListedReject> = {
  columns: listedColumns,
  make: madeListed,
}

/**
 * With the record's length in bytes, from its first message and without reading them. A subquery, and
 * no join: without statistics a database would join by the job alone.
 */
export const MEASURED: RejectColumns<
  ListedRow & { bytes: number },
  ListedReject & { bytes: number }
> = {
  columns: sql`${listedColumns}, (
    select length(first.raw) from tallyman_reject as first
    where first.job_id = reject.job_id and first.record = reject.record and first.seq = 0
  ) as bytes`,
  make: madeListed,
}

/** One page by keyset pagination: one index scan where all kinds match, else a merge of kinds. */
export async function walkRejects<Row, Made extends RejectPosition>(
  reading: RejectColumns<Row, Made>,
  db: Db | Trx,
  jobId: number,
  { type, code, field }: RejectFilter,
  walk: Walk,
): Promise<Made[]> {
  if (type === undefined && code === undefined && field === undefined) {
    return await readKinds(reading, db, jobId, undefined, walk)
  }
  const kinds = (await listRejectKinds(db, jobId, { type, code, field })).map(({ kind }) => kind)
  const found: Made[] = []
  for (let at = 0; at < kinds.length; at += KINDS_A_STATEMENT) {
    const piece = kinds.slice(at, at + KINDS_A_STATEMENT)
    found.push(...(await readKinds(reading, db, jobId, piece, walk)))
  }
  const sign = walk.way === 'previous' ? -1 : 1
  return found.sort((a, b) => sign * (a.record - b.record || a.seq - b.seq)).slice(0, walk.limit)
}

/** Merges one index scan per kind: the first `limit` rejects of each are enough. */
export async function readKinds<Row, Made>(
  { columns, make }: RejectColumns<Row, Made>,
  db: Db | Trx,
  jobId: number,
  kinds: number[] | undefined,
  { after, way, limit }: Walk,
): Promise<Made[]> {
  const [sign, direction] = way === 'previous' ? [sql`<`, sql`desc`] : [sql`>`, sql`asc`]
  const order = sql`order by record ${direction}, seq ${direction} limit ${limit}`
  const places = [kinds ?? [undefined]].flat().flatMap((kind) => {
    const ofKind = kind === undefined ? sql`` : sql`and kind = ${kind}`
    return behind(after, sign).map(
      (place) => sql`select * from (select record, seq from tallyman_reject
                     where job_id = ${jobId} ${ofKind} ${place} ${order}) as piece`,
    )
  })
  const { rows } = await sql<Row>`
    select ${columns} from (
      select record, seq from (${sql.join(places, sql` union all `)}) as place ${order}
    ) as page
    join tallyman_reject as reject
      on reject.job_id = ${jobId} and reject.record = page.record and reject.seq = page.seq
    order by page.record ${direction}, page.seq ${direction}`.execute(db)
  return rows.map(make)
}

/** Behind a message come the further messages of its record, then other records. */
function behind(
  after: RejectPosition | undefined,
  sign: RawBuilder<unknown>,
): RawBuilder<unknown>[] {
  if (after === undefined) return [sql``]
  return [
    sql`and record = ${after.record} and seq ${sign} ${after.seq}`,
    sql`and record ${sign} ${after.record}`,
  ]
}
