import { sql } from 'kysely'
import type { JobIds } from '../../kind.ts'
import type { Db, Trx } from '../../store.ts'

/** Characters that a trigram index needs at least. */
const GRAM = 3

/**
 * The server estimates by its statistics whether the index of trigrams or the order of the ids is
 * read. Undefined where there is no index, since pg_trgm could not be made.
 */
export async function findText(db: Db | Trx, words: string): Promise<JobIds | undefined> {
  if ([...words].length < GRAM || !(await hasIndex(db))) return undefined
  const pattern = `%${words.replace(/[\\%_]/g, (character) => `\\${character}`)}%`
  return sql`select id from tallyman_job where search_text like ${pattern}`
}

async function hasIndex(db: Db | Trx): Promise<boolean> {
  const { rows } = await sql<{ isThere: boolean }>`
    select to_regclass('tallyman_job_by_text') is not null as "isThere"`.execute(db)
  return rows[0]?.isThere === true
}
