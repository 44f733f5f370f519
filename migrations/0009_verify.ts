import { sql, type Kysely } from 'kysely'

/**
 * Where the journal of a job stood that was deleted, so that an entry which is not there can be told
 * from one that went with its job; and what went before that was recorded.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const table = db.schema.alterTable('tallyman_removal')
  await table.addColumn('first_entry', 'bigint').execute()
  await table.addColumn('last_entry', 'bigint').execute()
  await table.addColumn('begin_entry', 'bigint').execute()
  await table.addColumn('end_entry', 'bigint').execute()
  await table.addColumn('empty_entry', 'bigint').execute()
  await db.schema
    .createIndex('tallyman_removal_by_entry')
    .on('tallyman_removal')
    .columns(['first_entry', 'job_id'])
    .execute()
  await createGap(db)
}

/**
 * Numbers of jobs that went without a record, and up to which number their journal may have stood.
 * In the place of a job 0 stands what older versions have written.
 */
async function createGap(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tallyman_gap')
    .addColumn('first_job', 'integer', (c) => c.primaryKey())
    .addColumn('last_job', 'integer', (c) => c.notNull())
    .addColumn('last_entry', 'bigint', (c) => c.notNull())
    .execute()
  const lastEntry = given(db, 'tallyman_journal')
  await sql`
    update tallyman_removal
    set first_entry = 1, last_entry = ${lastEntry}, end_entry = ${lastEntry}`.execute(db)
  await sql`
    insert into tallyman_gap (first_job, last_job, last_entry)
    select 0, 0, ${lastEntry}
    union all
    select before + 1, id - 1, ${lastEntry} from (
      select id, lag(id, 1, 0) over (order by id) as before from (
        select id from tallyman_job union select job_id from tallyman_removal
        union select ${given(db, 'tallyman_job')} + 1
      ) as known
    ) as pair where id > before + 1`.execute(db)
}

/** The highest number that was given, or where that can't be asked, the highest that is there. */
function given(db: Kysely<unknown>, table: string) {
  return isPostgres(db)
    ? sql`(select coalesce(max(id), 0) from ${sql.table(table)})`
    : sql`(select coalesce(max(seq), 0) from sqlite_sequence where name = ${sql.lit(table)})`
}

function isPostgres(db: Kysely<unknown>): boolean {
  return db.getExecutor().adapter.supportsMultipleConnections !== false
}
