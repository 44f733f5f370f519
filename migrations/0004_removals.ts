import type { Kysely } from 'kysely'

/** What is left of a job that was deleted: enough to tell what it did, when it went, and by whom. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tallyman_removal')
    .addColumn('job_id', 'integer', (c) => c.primaryKey())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('label', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('target_table', 'text', (c) => c.notNull())
    .addColumn('file_name', 'text', (c) => c.notNull())
    .addColumn('file_sha256', 'text')
    .addColumn('dry_run', 'integer', (c) => c.notNull())
    .addColumn('counters', 'text', (c) => c.notNull())
    .addColumn('total', 'bigint')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('created_by', 'text', (c) => c.notNull())
    .addColumn('started_at', 'text')
    .addColumn('ended_at', 'text')
    .addColumn('removed_at', 'text', (c) => c.notNull())
    .addColumn('removed_by', 'text', (c) => c.notNull())
    .execute()
}
