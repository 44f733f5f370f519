import { sql, type Kysely } from 'kysely'

const WITH_REJECTS = sql<boolean>`(rejects + 0) > 0`

/** The jobs that rejected a record in further orders of the list. They are few among all. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const index = (name: string) =>
    db.schema.createIndex(`tallyman_job_with_rejects_by_${name}`).on('tallyman_job')
  await index('status').columns(['type', 'status', 'id']).where(WITH_REJECTS).execute()
  await index('label').columns(['label_key', 'id']).where(WITH_REJECTS).execute()
  await index('ended_at')
    .expression(sql`coalesce(ended_at, '9999-12-31T23:59:59.999Z'), id`)
    .where(WITH_REJECTS)
    .execute()
  await index('duration')
    .columns(['duration_ms', 'id', 'running_since', 'rejects'])
    .where(sql<boolean>`running_since is null`)
    .where(WITH_REJECTS)
    .execute()
}
