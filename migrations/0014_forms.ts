import type { Kysely } from 'kysely'

/** Forms that were sent a moment ago, so that one that is sent twice is carried out once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tallyman_form')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('sent_at', 'text', (column) => column.notNull())
    .addColumn('leads_to', 'text')
    .execute()
}
