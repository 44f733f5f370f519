import type { Kysely } from 'kysely'

/** Records that a job leaves out as asked count among those it ignores, and by themselves. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('tallyman_job')
    .addColumn('filtered', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute()
}
