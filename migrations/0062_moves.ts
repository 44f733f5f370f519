import { sql, type Kysely } from 'kysely'

/**
 * One row, in a database that took over the jobs of another one: how far that is, and up to which
 * numbers jobs and entries are about tables of the other one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tallyman_move')
    .addColumn('id', 'integer', (c) => c.primaryKey().check(sql`id = 1`))
    .addColumn('moved_from', 'text', (c) => c.notNull())
    .addColumn('fingerprint', 'text', (c) => c.notNull())
    .addColumn('last_job', 'bigint', (c) => c.notNull())
    .addColumn('last_entry', 'bigint', (c) => c.notNull())
    .addColumn('begun_at', 'text', (c) => c.notNull())
    .addColumn('copied', 'text')
    .addColumn('copied_at', 'text')
    .addColumn('ended_at', 'text')
    .execute()
}
