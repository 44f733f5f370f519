import type { Kysely } from 'kysely'

/** Of the jobs that wait, one of a higher priority is taken first. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('tallyman_job')
    .addColumn('priority', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
}
