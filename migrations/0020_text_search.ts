import { sql, type Kysely } from 'kysely'

/**
 * PostgreSQL finds a piece of text by its trigrams where pg_trgm is there or may be made; an index
 * that could not be made is left out, and jobs are then searched one by one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  if (db.getExecutor().adapter.supportsMultipleConnections === false) return
  await sql`
    do $$ begin
      create extension if not exists pg_trgm;
    exception when others then null; end $$`.execute(db)
  await sql`
    do $$ begin
      execute format(
        'create index tallyman_job_by_text on tallyman_job using gin (search_text %I.gin_trgm_ops)',
        (select nspname from pg_opclass join pg_namespace as n on n.oid = opcnamespace
         where opcname = 'gin_trgm_ops' limit 1));
    exception when others then null; end $$`.execute(db)
}
