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
  if ([...words].length < GRAM) {
    return sql`
      select id from tallyman_job where tallyman_short_texts(search_text) @> array[${words}::text]`
  }
  if (!(await hasIndex(db))) return undefined
  const pattern = `%${words.replace(/[\\%_]/g, (character) => `\\${character}`)}%`
  return sql`select id from tallyman_job where search_text like ${pattern}`
}

/** The extension may have come since Tallyman's tables were made. */
export async function indexTexts(db: Db): Promise<boolean> {
  if (await hasIndex(db)) return true
  for (const attempt of ATTEMPTS) await attempt.execute(db).catch(() => undefined)
  return await hasIndex(db)
}

const ATTEMPTS = [
  sql`create extension if not exists pg_trgm`,
  sql`do $$ begin
    execute format(
      'create index tallyman_job_by_text on tallyman_job using gin (search_text %I.gin_trgm_ops)',
      (select nspname from pg_opclass join pg_namespace as n on n.oid = opcnamespace
       where opcname = 'gin_trgm_ops' limit 1));
  end $$`,
]

async function hasIndex(db: Db | Trx): Promise<boolean> {
  const { rows } = await sql<{ isThere: boolean }>`
    select to_regclass('tallyman_job_by_text') is not null as "isThere"`.execute(db)
  return rows[0]?.isThere === true
}
