import type { Db, Trx } from '../../db/store.ts'
import type { JournalEntry } from '../../domain/jobs/journal.ts'
import { journalAfter, journalBefore } from '../ground/journal.ts'

/** A traced journal has one entry per record: counting them all may take minutes. */
const MOST_COUNTED = 100_000

export type JournalExtract = {
  /** Oldest first, like `last`. */
  first: JournalEntry[]
  last: JournalEntry[]
  /** The number of entries between them; `isMore` where there are more than `count`. */
  leftOut: { count: number; isMore: boolean }
}

/** The first and last `each` entries of a job's journal, and the number of entries between them. */
export async function journalExtract(
  db: Db | Trx,
  jobId: number,
  { each, mostCounted = MOST_COUNTED }: { each: number; mostCounted?: number },
): Promise<JournalExtract> {
  // Read the end first: what a running job adds meanwhile comes after it.
  const { entries: last, more } = await journalBefore(db, jobId, { limit: each })
  const end = last[0]?.id
  if (!more || end === undefined) return { first: [], last, leftOut: { count: 0, isMore: false } }

  const head = await journalAfter(db, jobId, { after: 0, limit: each })
  const first = head.filter(({ id }) => id < end)
  const after = first.at(-1)?.id ?? 0
  const found = await countBetween(db, jobId, { after, before: end, limit: mostCounted + 1 })
  const isMore = found > mostCounted
  return { first, last, leftOut: { count: isMore ? mostCounted : found, isMore } }
}

/** Counts up to `limit`. */
async function countBetween(
  db: Db | Trx,
  jobId: number,
  { after, before, limit }: { after: number; before: number; limit: number },
): Promise<number> {
  const { count } = await db
    .selectFrom(
      db
        .selectFrom('tallyman_journal')
        .select('id')
        .where('job_id', '=', jobId)
        .where('id', '>', after)
        .where('id', '<', before)
        .limit(limit)
        .as('between'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}
