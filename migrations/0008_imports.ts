import { sql, type Kysely } from 'kysely'

/** By table and size of the file: whoever imports one asks whether the same went into it before. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('tallyman_job_by_import')
    .on('tallyman_job')
    .expression(sql`lower(target_table), file_size`)
    .where(sql<boolean>`type = 'import'`)
    .execute()
}
