import { sql, type Kysely } from 'kysely'

/** The records of a job that are tried again because they refer to later ones of the same file. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tallyman_postponed')
    .addColumn('job_id', 'integer', (c) => c.notNull())
    .addColumn('record', 'bigint', (c) => c.notNull())
    .addColumn('line', 'bigint', (c) => c.notNull())
    .addColumn('offset', 'bigint', (c) => c.notNull())
    .addColumn('key', 'text')
    .addColumn('second_key', 'text')
    .addColumn('waits_for', 'text')
    .addColumn('raw', isPostgres(db) ? 'bytea' : 'blob', (c) => c.notNull())
    .addPrimaryKeyConstraint('tallyman_postponed_pk', ['job_id', 'record'])
    .execute()
  for (const column of ['key', 'second_key']) {
    await db.schema
      .createIndex(`tallyman_postponed_by_${column}`)
      .on('tallyman_postponed')
      .columns(['job_id', column, 'record'])
      .where(sql.ref(column), 'is not', null)
      .execute()
  }
  await db.schema
    .createIndex('tallyman_postponed_by_waits_for')
    .on('tallyman_postponed')
    .columns(['job_id', 'waits_for', 'record'])
    .execute()
  await addReached(db)
}

/** How far a job is can't be told by the records processed any more, where some are postponed. */
async function addReached(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('tallyman_job')
    .addColumn('reached', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute()
  await sql`update tallyman_job set reached = processed
            where checkpoint is not null and status not in ('finished', 'cancelled')`.execute(db)
}

function isPostgres(db: Kysely<unknown>): boolean {
  return db.getExecutor().adapter.supportsMultipleConnections !== false
}
