import { sql, type Kysely } from 'kysely'

/**
 * Every worker process is a row of its own, in which its heart beats; a job's own row is left to
 * batches and clicks. A job that an older version runs while this is done has no such row: it gets
 * another claim, so that its worker stores nothing from now on, and is taken over as one of a
 * worker that is silent. Its own `heartbeat_at` stays, unused: dropping a column makes SQLite
 * compile every view and trigger of the database, also those that are broken.
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
  await sql`update tallyman_job set heartbeat_at = null, claim = claim || ' of an older version'`.execute(
    db,
  )
}
