import { sql, type Kysely } from 'kysely'

/**
 * Rejects that an operator repairs: what became of each, and the corrected records that a linked job
 * imports in place of a file.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumnsOfJobs(db)
  const bytes = isPostgres(db) ? 'bytea' : 'blob'
  await db.schema
    .createTable('tallyman_repair')
    .addColumn('job_id', 'integer', (c) => c.notNull())
    .addColumn('record', 'bigint', (c) => c.notNull())
    .addColumn('status', 'text', (c) =>
      c.notNull().check(sql`status in ('open', 'repaired', 'set_aside')`),
    )
    .addColumn('raw', bytes)
    .addColumn('by', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('repaired_by_job', 'integer')
    .addPrimaryKeyConstraint('tallyman_repair_pk', ['job_id', 'record'])
    .addCheckConstraint(
      'tallyman_repair_linked',
      sql`(status = 'repaired') = (repaired_by_job is not null)`,
    )
    .addCheckConstraint(
      'tallyman_repair_reasoned',
      sql`(status = 'set_aside') = (reason is not null)`,
    )
    .execute()
  await db.schema
    .createIndex('tallyman_repair_by_linked_job')
    .on('tallyman_repair')
    .columns(['job_id', 'status', 'repaired_by_job', 'record'])
    .execute()
  await db.schema
    .createTable('tallyman_correction')
    .addColumn('job_id', 'integer', (c) => c.notNull())
    .addColumn('record', 'bigint', (c) => c.notNull())
    .addColumn('line', 'bigint', (c) => c.notNull())
    .addColumn('offset', 'bigint', (c) => c.notNull())
    .addColumn('raw', bytes, (c) => c.notNull())
    .addPrimaryKeyConstraint('tallyman_correction_pk', ['job_id', 'record'])
    .execute()
}

/** The counts of a job's repairs stand with it, so that lists need not count. */
async function addColumnsOfJobs(db: Kysely<unknown>): Promise<void> {
  const job = () => db.schema.alterTable('tallyman_job')
  await job().addColumn('repair_of', 'integer').execute()
  await job().addColumn('repair_memo', 'text').execute()
  for (const count of ['repaired', 'set_aside']) {
    await job()
      .addColumn(count, 'bigint', (c) => c.notNull().defaultTo(0))
      .execute()
  }
  await db.schema
    .createIndex('tallyman_job_with_open_rejects')
    .on('tallyman_job')
    .column('id')
    .where(sql<boolean>`(rejects - repaired - set_aside) > 0 and repair_of is null and dry_run = 0`)
    .execute()
}

function isPostgres(db: Kysely<unknown>): boolean {
  return db.getExecutor().adapter.supportsMultipleConnections !== false
}
