import { sql } from 'kysely'
import type { JobIds } from '../../kind.ts'
import type { Db, Trx } from '../../store.ts'

/** Characters per trigram of the SQLite index. */
const GRAM = 3
/** A longer text is searched by its first trigrams; the matches are then compared. */
const MAX_GRAMS = 10
/** Number of matching jobs counted to estimate how rare a trigram is. */
const PROBE = 100
/** Most trigrams that start with one or two characters; with more, the index does not help. */
const MAX_ENDINGS = 100

/** Searches the trigram index (FTS5). */
export async function findText(db: Db | Trx, words: string): Promise<JobIds | undefined> {
  const characters = [...words]
  if (characters.length < GRAM) return await beginningWith(db, words)
  const starts = characters.keys().filter((at) => at % GRAM === 0)
  const grams = starts
    .take(MAX_GRAMS)
    .map((at) => gramAt(characters, Math.min(at, characters.length - GRAM)))
  return matching(await rarest(db, [...new Set(grams)]), 'AND')
}

function gramAt(characters: string[], at: number): string {
  return characters.slice(at, at + GRAM).join('')
}

/**
 * The two rarest trigrams, estimated from the oldest jobs: the further one must read to find jobs
 * with a trigram, the rarer it is. Intersecting more lists costs more than it saves.
 */
async function rarest(db: Db | Trx, grams: string[]): Promise<string[]> {
  if (grams.length <= 2) return grams
  const probes = grams.map(
    (gram) => sql`select ${gram} as gram, count(*) as count, max(id) as reach
                  from (${matching([gram], 'AND')} order by id limit ${PROBE}) as hit`,
  )
  const { rows } = await sql<{ gram: string; count: number; reach: number | null }>`
    ${sql.join(probes, sql` union all `)}`.execute(db)
  const spread = (row: (typeof rows)[number]) =>
    row.count < PROBE ? Infinity : (row.reach ?? Infinity)
  return rows
    .toSorted((a, b) => (spread(a) < spread(b) ? 1 : -1))
    .slice(0, 2)
    .map(({ gram }) => gram)
}

/** Trigrams that start with one or two characters; each costs one index lookup. */
async function beginningWith(db: Db | Trx, words: string): Promise<JobIds | undefined> {
  const last = `${words}\u{10ffff}`
  const { rows } = await sql<{ term: string }>`
    with recursive found (term) as (
      select (select term from tallyman_job_trigram where term >= ${words} and term <= ${last} limit 1)
      union all
      select (select next.term from tallyman_job_trigram as next
              where next.term >= found.term || char(1) and next.term <= ${last} limit 1)
      from found where found.term is not null limit ${MAX_ENDINGS + 1}
    )
    select term from found where term is not null`.execute(db)
  if (rows.length > MAX_ENDINGS) return undefined
  if (rows.length === 0) return sql`select 0 as id where 1 = 0`
  return matching(
    rows.map(({ term }) => term),
    'OR',
  )
}

function matching(grams: string[], operator: 'AND' | 'OR'): JobIds {
  const query = grams.map((gram) => `"${gram.replaceAll('"', '""')}"`).join(` ${operator} `)
  return sql`select rowid as id from tallyman_job_text where tallyman_job_text match ${query}`
}
