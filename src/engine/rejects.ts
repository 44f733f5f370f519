import { sql, type RawBuilder, type Selectable } from 'kysely'
import { z } from 'zod'
import type { RejectTable } from '../db/schema.ts'
import type { Db, Trx } from '../db/store.ts'
import type { StoredReject } from '../domain/reject.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { toParams } from './job-row.ts'
import { listRejectKinds, type RejectFilter, type RejectKind } from './reject-kinds.ts'

const PAGE_SIZE = 1_000
/** SQLite takes at most 500 in one statement. */
const KINDS_A_STATEMENT = 100

export type RejectPosition = Pick<StoredReject, 'record' | 'seq'>

export type RejectPage = {
  rejects: StoredReject[]
  next?: string | undefined
  previous?: string | undefined
}

type Way = 'next' | 'previous'
type Walk = { after?: RejectPosition | undefined; way?: Way; limit: number }

const cursor = z.tuple([z.enum(['next', 'previous']), z.int().min(0), z.int().min(0)])
type Place = z.infer<typeof cursor>

/** The cursor of the last page, whichever it is by then. */
const LAST_PAGE = 'last'
const BEHIND_ALL: Place = ['previous', Number.MAX_SAFE_INTEGER, 0]

/**
 * A page of the rejects that match, in the order of the source.
 * @param options.cursor is that of a page that was read before, with the same filter; or `last`
 * @throws InvalidInputError for a cursor that is none
 */
export async function pageOfRejects(
  db: Db | Trx,
  jobId: number,
  options: RejectFilter & { cursor?: string | undefined; limit: number },
): Promise<RejectPage> {
  const { limit } = options
  const place = options.cursor === undefined ? undefined : placeOf(options.cursor)
  const [way = 'next', record = 0, seq = 0] = place ?? []
  const after = place && { record, seq }
  const found = await walkRejects(db, jobId, options, { after, way, limit: limit + 1 })
  const more = found.length > limit
  if (way === 'previous' && !more) {
    return await pageOfRejects(db, jobId, { ...options, cursor: undefined })
  }

  const rejects = found.slice(0, limit)
  if (way === 'previous') rejects.reverse()
  const at = (to: Way, edge: RejectPosition | undefined = after) =>
    edge && writeCursor([to, edge.record, edge.seq])
  return {
    rejects,
    next:
      (way === 'previous' && place !== BEHIND_ALL) || (way === 'next' && more)
        ? at('next', rejects.at(-1))
        : undefined,
    previous: after === undefined ? undefined : at('previous', rejects[0]),
  }
}

function placeOf(text: string): Place {
  return text === LAST_PAGE ? BEHIND_ALL : readCursor(text, cursor)
}

/** A page of rejects in the order of the source, from behind `after`. */
export async function listRejects(
  db: Db | Trx,
  jobId: number,
  { after, limit, ...filter }: RejectFilter & Omit<Walk, 'way'>,
): Promise<StoredReject[]> {
  return await walkRejects(db, jobId, filter, { after, limit })
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

/** All messages about one record, in their order; none where it was not rejected. */
export async function findReject(
  db: Db | Trx,
  jobId: number,
  record: number,
): Promise<StoredReject[]> {
  const rows = await db
    .selectFrom('tallyman_reject')
    .selectAll()
    .where('job_id', '=', jobId)
    .where('record', '=', record)
    .orderBy('seq')
    .execute()
  return rows.map(toReject)
}

/** The first `each` rejects of the most frequent kinds. */
export async function exampleRejects(
  db: Db | Trx,
  jobId: number,
  { kinds, each }: { kinds: number; each: number },
): Promise<(RejectKind & { examples: StoredReject[] })[]> {
  const frequent = (await listRejectKinds(db, jobId)).slice(0, kinds)
  return await Promise.all(
    frequent.map(async (kind) => ({
      ...kind,
      examples: await readKinds(db, jobId, [kind.kind], { limit: each }),
    })),
  )
}

/** Where all kinds match, they need not be told apart; else the kinds that match are merged. */
async function walkRejects(
  db: Db | Trx,
  jobId: number,
  { type, code, field }: RejectFilter,
  walk: Walk,
): Promise<StoredReject[]> {
  if (type === undefined && code === undefined && field === undefined) {
    return await readKinds(db, jobId, undefined, walk)
  }
  const kinds = (await listRejectKinds(db, jobId, { type, code, field })).map(({ kind }) => kind)
  const found: StoredReject[] = []
  for (let at = 0; at < kinds.length; at += KINDS_A_STATEMENT) {
    const piece = kinds.slice(at, at + KINDS_A_STATEMENT)
    found.push(...(await readKinds(db, jobId, piece, walk)))
  }
  const sign = walk.way === 'previous' ? -1 : 1
  return found.sort((a, b) => sign * (a.record - b.record || a.seq - b.seq)).slice(0, walk.limit)
}

/** Each kind has its place in an index; the first `limit` of every one are enough for all. */
async function readKinds(
  db: Db | Trx,
  jobId: number,
  kinds: number[] | undefined,
  { after, way, limit }: Walk,
): Promise<StoredReject[]> {
  const [sign, direction] = way === 'previous' ? [sql`<`, sql`desc`] : [sql`>`, sql`asc`]
  const order = sql`order by record ${direction}, seq ${direction} limit ${limit}`
  const places = [kinds ?? [undefined]].flat().flatMap((kind) => {
    const ofKind = kind === undefined ? sql`` : sql`and kind = ${kind}`
    return behind(after, sign).map(
      (place) => sql`select * from (select record, seq from tallyman_reject
                     where job_id = ${jobId} ${ofKind} ${place} ${order}) as piece`,
    )
  })
  const { rows } = await sql<Selectable<RejectTable>>`
    select reject.* from (
      select record, seq from (${sql.join(places, sql` union all `)}) as place ${order}
    ) as page
    join tallyman_reject as reject
      on reject.job_id = ${jobId} and reject.record = page.record and reject.seq = page.seq
    order by page.record ${direction}, page.seq ${direction}`.execute(db)
  return rows.map(toReject)
}

/** Behind a message come the further ones of its record, and other records. */
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

function toReject(row: Selectable<RejectTable>): StoredReject {
  const { job_id: _jobId, kind: _kind, ...reject } = row
  return { ...reject, params: toParams(row.params) }
}
