import { sql, type Kysely } from 'kysely'

/** When a job last read or wrote something: a worker that is alive may still stand before a wall. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('tallyman_job').addColumn('progressed_at', 'text').execute()
  await sql`update tallyman_job set progressed_at = heartbeat_at`.execute(db)
}
