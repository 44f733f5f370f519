import type { Selectable } from 'kysely'
import type { JournalTable } from '../../db/schema.ts'
import type { Db, Trx } from '../../db/store.ts'
import type { JournalEntry } from '../../domain/jobs/journal.ts'
import { MESSAGES, type Level, type Message } from '../../domain/words/messages.ts'
import { paramsText, toParams } from './job-row.ts'

const ROWS_A_STATEMENT = 1_000
const PAGE_SIZE = 1_000

/**
 * Appends messages to a job's journal, in order. The same transaction must have written the job's
 * row first (and so locked it): otherwise a reader of the entries after N could miss one.
 */
export async function writeJournal(
  trx: Trx,
  jobId: number,
  messages: Message | Message[],
  { actor, now }: { actor: string; now: Date },
): Promise<void> {
  const rows = [messages].flat().map(({ code, params }) => ({
    job_id: jobId,
    at: now.toISOString(),
    code,
    level: MESSAGES[code],
    params: paramsText(params),
    actor,
  }))
  for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT) {
    const piece = rows.slice(at, at + ROWS_A_STATEMENT)
    await trx.insertInto('tallyman_journal').values(piece).execute()
  }
}

/** The first `limit` entries after the id `after` (0: from the first), oldest first. */
export async function journalAfter(
  db: Db | Trx,
  jobId: number,
  { after, level, limit }: { after: number; level?: Level | undefined; limit: number },
): Promise<JournalEntry[]> {
  let query = db
    .selectFrom('tallyman_journal')
    .selectAll()
    .where('job_id', '=', jobId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
  if (level !== undefined) query = query.where('level', '=', level)

  return (await query.execute()).map(toEntry)
}

/**
 * The last `limit` entries before the id `before` (undefined: of all), oldest first, and whether
 * there are older ones.
 */
export async function journalBefore(
  db: Db | Trx,
  jobId: number,
  {
    before,
    level,
    limit,
  }: { before?: number | undefined; level?: Level | undefined; limit: number },
): Promise<{ entries: JournalEntry[]; more: boolean }> {
  let query = db
    .selectFrom('tallyman_journal')
    .selectAll()
    .where('job_id', '=', jobId)
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (level !== undefined) query = query.where('level', '=', level)
  if (before !== undefined) query = query.where('id', '<', before)

  const rows = await query.execute()
  return { entries: rows.slice(0, limit).toReversed().map(toEntry), more: rows.length > limit }
}

/** Yields the whole journal, oldest first, page by page. */
export async function* iterateJournal(
  db: Db | Trx,
  jobId: number,
  { level }: { level?: Level | undefined } = {},
): AsyncGenerator<JournalEntry> {
  let after = 0
  let page: JournalEntry[]
  do {
    page = await journalAfter(db, jobId, { after, level, limit: PAGE_SIZE })
    yield* page
    after = page.at(-1)?.id ?? after
  } while (page.length === PAGE_SIZE)
}

export function toEntry(row: Selectable<JournalTable>): JournalEntry {
  const { id, job_id, at, code, level, actor } = row
  return { id, job_id, at, code, level, params: toParams(row.params), actor }
}
