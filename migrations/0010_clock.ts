import { sql, type Kysely } from 'kysely'

/** One row: the last time of day that the database was told, to know a clock by that has jumped. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tallyman_clock')
    .addColumn('id', 'integer', (c) => c.primaryKey().check(sql`id = 1`))
    .addColumn('seen_at', 'text', (c) => c.notNull())
    .execute()
}
