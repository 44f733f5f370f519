import { sql } from 'kysely'
import { severalFilesOf } from '../../domain/records/source-files.ts'
import type { Trx } from '../../db/store.ts'
import { isMasked, type Job } from '../../domain/jobs/job.ts'
import type { Problem } from '../../domain/words/problems.ts'
import type { StoredReject } from '../../domain/records/reject.ts'
import { listRejectKinds, type RejectKind } from '../rejects/reject-kinds.ts'
import { iterateRejects } from '../rejects/reject-stream.ts'
import type { RejectPosition } from '../rejects/walk-rejects.ts'

/** Problems reported per job at most: a longer list tells no more. */
const MOST_PROBLEMS = 100
const ROWS_A_PAGE = 5_000

type WalkedReject = Pick<
  StoredReject,
  'record' | 'seq' | 'line' | 'offset' | 'connector' | 'type' | 'code' | 'field'
> & { kind: number; bytes: number }

/**
 * Reports rejects that contradict their code, their kind or their neighbours in the source. They
 * are read page by page, so memory does not grow with their number.
 */
export async function verifyRejects(trx: Trx, job: Job): Promise<Problem[]> {
  const problems: Problem[] = []
  const kinds = new Map((await listRejectKinds(trx, job.id)).map((kind) => [kind.kind, kind]))
  const files = severalFilesOf(job)
  const startOf = (record: number) =>
    files.findLast(({ before }) => before !== null && before < record)?.before ?? 0
  const lastEnd = job.checkpoint === null ? 0 : (job.checkpoint.offset ?? Infinity)
  const last = startOf(job.checkpoint?.record ?? 0)
  const isOther = job.repair_of !== null || isMasked(job)
  let before: WalkedReject | undefined
  for await (const reject of inOrder(trx, job)) {
    const kind = kinds.get(reject.kind)
    const start = startOf(reject.record)
    const end = start < last ? Infinity : lastEnd
    // In the next file, lines and bytes are counted anew.
    if (before !== undefined && before.record <= start) before = undefined
    const part = partOff(reject, { before, kind, end, isOther })
    if (part !== undefined) problems.push({ problem: 'reject_off', record: reject.record, part })
    if (problems.length >= MOST_PROBLEMS) break
    // Only the first message of a record has its bytes.
    before = reject.seq === 0 ? reject : { ...reject, bytes: before?.bytes ?? 0 }
  }
  return isMasked(job) ? problems : [...problems, ...(await withoutNul(trx, job))]
}

async function* inOrder(trx: Trx, { id }: Job): AsyncGenerator<WalkedReject> {
  let page: WalkedReject[]
  let after: RejectPosition = { record: 0, seq: -1 }
  do {
    const { rows } = await sql<WalkedReject>`
      select record, seq, line, "offset", connector, type, code, field, kind, length(raw) as bytes
      from tallyman_reject
      where job_id = ${id} and (record, seq) > (${after.record}, ${after.seq})
      order by record, seq limit ${ROWS_A_PAGE}`.execute(trx)
    page = rows
    yield* page
    after = page.at(-1) ?? after
  } while (page.length === ROWS_A_PAGE)
}

type Around = {
  before: WalkedReject | undefined
  kind: RejectKind | undefined
  end: number
  /** A corrected or masked record may be longer than it was in the file. */
  isOther: boolean
}

/** The wrong part of a reject, if any. A record begins behind the bytes of the one before. */
function partOff(reject: WalkedReject, { before, kind, end, isOther }: Around): string | undefined {
  const { record, seq, line, offset, connector, type, code, field } = reject
  if (connector !== connectorOf(code)) return 'connector'
  if (kind?.type !== type || kind.code !== code || kind.field !== field) return 'kind'
  if (offset > end) return 'offset'
  if (before === undefined || before.record !== record) {
    if (seq !== 0) return 'seq'
    if (line < (before?.line ?? 1)) return 'line'
    if (offset < (before?.offset ?? 0)) return 'offset'
    if (before === undefined || isOther) return undefined
    return offset < before.offset + before.bytes ? 'raw' : undefined
  }
  if (seq !== before.seq + 1) return 'seq'
  if (line !== before.line) return 'line'
  return offset === before.offset ? undefined : 'offset'
}

function connectorOf(code: string): string {
  if (code.startsWith('TLY-2')) return 'text'
  return code.startsWith('TLY-3') ? 'database' : ''
}

/** Reports rejects for a NUL byte whose record has none. */
async function withoutNul(trx: Trx, { id }: Job): Promise<Problem[]> {
  const problems: Problem[] = []
  for await (const { record, raw } of iterateRejects(trx, id, { code: 'TLY-2007' })) {
    if (!raw.includes(0)) problems.push({ problem: 'reject_off', record, part: 'raw' })
    if (problems.length >= MOST_PROBLEMS) break
  }
  return problems
}
