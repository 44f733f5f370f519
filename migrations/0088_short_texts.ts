import { sql, type Kysely } from 'kysely'

/**
 * PostgreSQL finds texts of one or two characters, for which trigrams are too long, by an index of
 * the single characters and pairs in the text of each job.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  if (db.getExecutor().adapter.supportsMultipleConnections === false) return
  await sql`
    create function tallyman_short_texts(searched text) returns text[]
    language sql immutable strict parallel safe as $$
      select array_agg(distinct piece) from generate_series(1, length(searched)) as at,
        lateral (values (substr(searched, at, 1)), (substr(searched, at, 2))) as pieces (piece)
    $$`.execute(db)
  await sql`
    create index tallyman_job_by_short_text on tallyman_job
    using gin (tallyman_short_texts(search_text))`.execute(db)
}
