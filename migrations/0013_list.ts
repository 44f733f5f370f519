import { sql, type Kysely } from 'kysely'

/** The jobs that rejected a record, in the order of their ids, for the list and the start page. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('tallyman_job_with_rejects')
    .on('tallyman_job')
    .column('id')
    .where(sql<boolean>`(rejects + 0) > 0`)
    .execute()
}
