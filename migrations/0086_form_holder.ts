import type { Kysely } from 'kysely'

/** Of each form the process that carries it out, so that one that has died holds up nobody. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('tallyman_form').addColumn('held_by', 'text').execute()
}
