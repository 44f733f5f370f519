import { sql, type Kysely } from 'kysely'

/** By the hash of its result: whoever deletes an export asks whether another one has written the same. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('tallyman_job_by_result')
    .on('tallyman_job')
    .column('file_sha256')
    .where(sql<boolean>`type = 'export'`)
    .execute()
}
