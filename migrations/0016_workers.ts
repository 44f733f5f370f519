import type { Kysely } from 'kysely'

/**
 * Every worker process is a row of its own, in which its heart beats; a job's own row is left to
 * batches and clicks. A job that an older version runs while this is done has no such row: its
 * worker can't store anything from now on, and it is taken over as one of a worker that is silent.
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
  await db.schema.alterTable('tallyman_job').dropColumn('heartbeat_at').execute()
}
