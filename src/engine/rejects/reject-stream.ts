import type { Db, Trx } from '../../db/store.ts'
import type { ListedReject, StoredReject } from '../../domain/records/reject.ts'
import type { RejectFilter } from './reject-kinds.ts'
import { MEASURED, walkRejects, type RejectPosition } from './walk-rejects.ts'

const PAGE_SIZE = 1_000
/** Bytes of records in memory at once, unless a single record is larger. */
const PIECE_BYTES = 4 * 1024 * 1024
const NO_BYTES = Buffer.alloc(0)

/** Yields the rejects of a job with their bytes, in the order of the source, page by page. */
export async function* iterateRejects(
  db: Db | Trx,
  jobId: number,
  filter: RejectFilter = {},
): AsyncGenerator<StoredReject> {
  let after: RejectPosition | undefined
  let page: Measured[]
  do {
    page = await walkRejects(MEASURED, db, jobId, filter, { after, limit: PAGE_SIZE })
    for (const piece of piecesOf(page)) yield* await withBytes(db, jobId, piece)
    after = page.at(-1)
  } while (page.length === PAGE_SIZE)
}

type Measured = ListedReject & { bytes: number }

/** Splits a page into pieces whose records fit into PIECE_BYTES. */
function* piecesOf(page: Measured[]): Generator<Measured[]> {
  let piece: Measured[] = []
  let bytes = 0
  for (const reject of page) {
    const isNext = reject.record !== piece.at(-1)?.record
    if (isNext && piece.length > 0 && bytes + reject.bytes > PIECE_BYTES) {
      yield piece
      piece = []
      bytes = 0
    }
    if (isNext) bytes += reject.bytes
    piece.push(reject)
  }
  if (piece.length > 0) yield piece
}

async function withBytes(db: Db | Trx, jobId: number, piece: Measured[]): Promise<StoredReject[]> {
  const records = [...new Set(piece.map(({ record }) => record))]
  const rows = await db
    .selectFrom('tallyman_reject')
    .select(['record', 'raw'])
    .where('job_id', '=', jobId)
    .where('seq', '=', 0)
    .where('record', 'in', records)
    .execute()
  const rawOf = new Map(rows.map(({ record, raw }) => [record, raw]))
  return piece.map(({ bytes: _bytes, ...reject }) => ({
    ...reject,
    raw: rawOf.get(reject.record) ?? NO_BYTES,
  }))
}
