import type { Kysely } from 'kysely'

/** How many records were processed when the job last lost a worker; null where it lost none. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('tallyman_job').addColumn('died_after', 'bigint').execute()
}
