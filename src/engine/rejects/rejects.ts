import { z } from 'zod'
import type { Db, Trx } from '../../db/store.ts'
import type { ListedReject, RawHead } from '../../domain/records/reject.ts'
import { readCursor, writeCursor } from '../ground/cursor.ts'
import { headsOf } from './find-reject.ts'
import { listRejectKinds, type RejectFilter, type RejectKind } from './reject-kinds.ts'
import {
  LISTED_REJECT,
  readKinds,
  walkRejects,
  type RejectPosition,
  type PageDirection,
} from './walk-rejects.ts'

export type RejectPage = {
  rejects: ListedReject[]
  next?: string | undefined
  previous?: string | undefined
}

const cursor = z.tuple([z.enum(['next', 'previous']), z.int().min(0), z.int().min(0)])
type RejectCursor = z.infer<typeof cursor>

/** A cursor that always means the last page. */
const LAST_PAGE = 'last'
const BEHIND_ALL: RejectCursor = ['previous', Number.MAX_SAFE_INTEGER, 0]

/**
 * A page of matching rejects, in the order of the source (keyset pagination).
 * @param options.cursor from a page that was read before with the same filter, or `last`
 * @throws InvalidInputError for an invalid cursor
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
  const found = await walkRejects(LISTED_REJECT, db, jobId, options, {
    after,
    way,
    limit: limit + 1,
  })
  const more = found.length > limit
  if (way === 'previous' && !more) {
    return await pageOfRejects(db, jobId, { ...options, cursor: undefined })
  }

  const rejects = found.slice(0, limit)
  if (way === 'previous') rejects.reverse()
  const at = (to: PageDirection, edge: RejectPosition | undefined = after) =>
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

function placeOf(text: string): RejectCursor {
  return text === LAST_PAGE ? BEHIND_ALL : readCursor(text, cursor)
}

const NO_HEAD: RawHead = { head: Buffer.alloc(0), bytes: 0 }

type Examples = { kinds: number; each: number }

type Example = ListedReject & RawHead

/**
 * All reasons for which records were rejected, most frequent first, with an example of the first
 * `examples`. Warnings rejected nothing.
 */
export async function listReasons(
  db: Db | Trx,
  jobId: number,
  { examples }: { examples: number },
): Promise<(RejectKind & { example: ListedReject | undefined })[]> {
  const kinds = await listRejectKinds(db, jobId, { type: 'error' })
  return await Promise.all(
    kinds.map(async (kind, at) => {
      if (at >= examples) return { ...kind, example: undefined }
      const [example] = await readKinds(LISTED_REJECT, db, jobId, [kind.kind], { limit: 1 })
      return { ...kind, example }
    }),
  )
}

/** The first `each` rejects of the most frequent kinds, with the beginning of their records. */
export async function exampleRejects(
  db: Db | Trx,
  jobId: number,
  limits: Examples,
): Promise<(RejectKind & { examples: Example[] })[]> {
  const kinds = await listExamples(db, jobId, limits)
  const all = kinds.flatMap(({ examples }) => examples)
  // Kinds often share their first records: a long one is read only once.
  const heads = await headsOf(db, jobId, [...new Set(all.map(({ record }) => record))])
  const withHead = (reject: ListedReject): Example => ({
    ...reject,
    ...(heads.get(reject.record) ?? NO_HEAD),
  })
  return kinds.map(({ examples, ...kind }) => ({ ...kind, examples: examples.map(withHead) }))
}

/** The same without the bytes. */
export async function listExamples(
  db: Db | Trx,
  jobId: number,
  { kinds, each }: Examples,
): Promise<(RejectKind & { examples: ListedReject[] })[]> {
  const frequent = (await listRejectKinds(db, jobId)).slice(0, kinds)
  return await Promise.all(
    frequent.map(async (kind) => ({
      ...kind,
      examples: await readKinds(LISTED_REJECT, db, jobId, [kind.kind], { limit: each }),
    })),
  )
}
