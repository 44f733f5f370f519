import type { Kysely } from 'kysely'

/**
 * On a database server, a worker has a session whose advisory lock tells that it lives, and all its
 * sessions bear the name of its process, so that they can be ended. Both stay empty on SQLite.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const table = db.schema.alterTable('tallyman_worker')
  await table.addColumn('lock_key', 'integer').execute()
  await table.addColumn('process', 'text').execute()
}
