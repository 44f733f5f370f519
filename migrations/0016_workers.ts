import { sql, type Kysely } from 'kysely'

/**
 * Every worker process is a row of its own, in which its heart beats; a job's own row is left to
 * batches and clicks. A job that an older version runs while this is done has no such row: it shows
 * life by its batches alone, and once those stay away for as long as the lease it is taken over as
 * one of a worker that is silent. Its claim ends with that, so that the older worker stores nothing more.
 *
 * The old column stays, empty: to drop one, SQLite compiles all views and triggers of the user's,
 * of which any may be broken.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tallyman_worker')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('host', 'text', (c) => c.notNull())
    .addColumn('version', 'text', (c) => c.notNull())
    .addColumn('started_at', 'text', (c) => c.notNull())
    .addColumn('heartbeat_at', 'text', (c) => c.notNull())
    .addColumn('lease_ms', 'integer', (c) => c.notNull())
    .addColumn('claim', 'text')
    .execute()
  await sql`update tallyman_job set heartbeat_at = null where heartbeat_at is not null`.execute(db)
}
