import { sql, type Kysely } from 'kysely'

/** Jobs that start at a time, copies of jobs, and the rows that a dry run would have changed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('tallyman_job').addColumn('start_at', 'text').execute()
  await db.schema
    .createIndex('tallyman_job_copies')
    .on('tallyman_job')
    .columns(['copy_of', 'id'])
    .where(sql<boolean>`copy_of is not null`)
    .execute()
  await db.schema
    .createTable('tallyman_change')
    .addColumn('job_id', 'integer', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('record', 'bigint', (c) => c.notNull())
    .addColumn('line', 'bigint', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('cells', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('tallyman_change_pk', ['job_id', 'seq'])
    .execute()
}
