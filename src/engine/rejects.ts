import { z } from 'zod'
import type { Db, Trx } from '../db/store.ts'
import type { ListedReject, StoredReject } from '../domain/reject.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { listRejectKinds, type RejectFilter, type RejectKind } from './reject-kinds.ts'
import {
  LISTED,
  readKinds,
  walkRejects,
  WHOLE,
  wholeReject,
  type Reading,
  type RejectPosition,
  type Walk,
  type Way,
} from './walk-rejects.ts'

const PAGE_SIZE = 1_000
export type RejectPage = {
  rejects: ListedReject[]
  next?: string | undefined
  previous?: string | undefined
}

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
  const found = await walkRejects(LISTED, db, jobId, options, { after, way, limit: limit + 1 })
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
  return await walkRejects(WHOLE, db, jobId, filter, { after, limit })
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
  return rows.map(wholeReject)
}

type Examples = { kinds: number; each: number }

/** The first `each` rejects of the most frequent kinds. */
export async function exampleRejects(db: Db | Trx, jobId: number, limits: Examples) {
  return await readExamples(WHOLE, db, jobId, limits)
}

/** The same as lists show them. */
export async function listExamples(db: Db | Trx, jobId: number, limits: Examples) {
  return await readExamples(LISTED, db, jobId, limits)
}

async function readExamples<Row, Made>(
  reading: Reading<Row, Made>,
  db: Db | Trx,
  jobId: number,
  { kinds, each }: Examples,
): Promise<(RejectKind & { examples: Made[] })[]> {
  const frequent = (await listRejectKinds(db, jobId)).slice(0, kinds)
  return await Promise.all(
    frequent.map(async (kind) => ({
      ...kind,
      examples: await readKinds(reading, db, jobId, [kind.kind], { limit: each }),
    })),
  )
}
