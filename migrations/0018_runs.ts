import type { Kysely } from 'kysely'

/** The jobs of a table, the newest of which are compared with one of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('tallyman_job_by_table')
    .on('tallyman_job')
    .columns(['target_table', 'id'])
    .execute()
}
