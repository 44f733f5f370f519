import { z } from 'zod'
import type { Db, Trx } from '../db/store.ts'
import type { ListedReject } from '../domain/reject.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { listRejectKinds, type RejectFilter, type RejectKind } from './reject-kinds.ts'
import {
  HEADED,
  LISTED,
  readKinds,
  walkRejects,
  type Reading,
  type RejectPosition,
  type Way,
} from './walk-rejects.ts'

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

type Examples = { kinds: number; each: number }

/** The first `each` rejects of the most frequent kinds, each with the beginning of its record. */
export async function exampleRejects(db: Db | Trx, jobId: number, limits: Examples) {
  return await readExamples(HEADED, db, jobId, limits)
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
