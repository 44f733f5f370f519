import { sql, type Kysely } from 'kysely'

/**
 * The orders by end and by duration of all jobs, whatever their status. Those that are not over
 * come after all others; how long those take that run now, no index can know.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('tallyman_job_by_ended_at')
    .on('tallyman_job')
    .expression(sql`coalesce(ended_at, '9999-12-31T23:59:59.999Z'), id`)
    .execute()
  await db.schema
    .createIndex('tallyman_job_by_duration_ms')
    .on('tallyman_job')
    .columns(['duration_ms', 'id', 'running_since'])
    .where(sql<boolean>`running_since is null`)
    .execute()
  if (!isPostgres(db)) await takeTextsAlong(db)
}

/**
 * A label is made of what is searched for, so those that match may be the last in the order of the
 * labels. With the texts in its index, no job has to be read to pass one over. (An entry of
 * PostgreSQL's indexes has no room for a long description.)
 */
async function takeTextsAlong(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex('tallyman_job_by_label_key').execute()
  await db.schema
    .createIndex('tallyman_job_by_label_key')
    .on('tallyman_job')
    .columns(['label_key', 'id', 'search_text'])
    .execute()
}

function isPostgres(db: Kysely<unknown>): boolean {
  return db.getExecutor().adapter.supportsMultipleConnections !== false
}
