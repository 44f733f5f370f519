import { sql, type ColumnDefinitionBuilder, type Kysely } from 'kysely'

const COUNTERS = [
  'processed',
  'success',
  'empty',
  'errors',
  'warnings',
  'rejects',
  'doubles',
  'duplicates',
  'inserted',
  'updated',
  'unchanged',
  'deleted',
  'reconciled',
  'ignored',
  'bytes_read',
  'batches',
  'duration_ms',
  'attempts',
  'deaths',
  'revision',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  await createJob(db)
  await createJournal(db)
  await createReject(db)
  await createKey(db)
  await createLeftover(db)
}

async function createJob(db: Kysely<unknown>): Promise<void> {
  let table = db.schema
    .createTable('tallyman_job')
    .addColumn('id', 'integer', numbered(db))
    .addColumn('type', 'text', (c) => c.notNull().check(sql`type in ('import', 'export')`))
    .addColumn('label', 'text', (c) => c.notNull())
    .addColumn('description', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('status', 'text', (c) =>
      c.notNull().check(
        sql`status in ('editing', 'start_pending', 'running', 'pausing', 'paused', 'cancelling',
                       'cancelled', 'finished', 'failed', 'shutting_down')`,
      ),
    )
    .addColumn('specification', 'text', (c) => c.notNull())
    .addColumn('target_table', 'text', (c) => c.notNull())
    .addColumn('file_name', 'text', (c) => c.notNull())
    .addColumn('file_size', 'bigint')
    .addColumn('file_sha256', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('created_by', 'text', (c) => c.notNull())
    .addColumn('started_by', 'text')
    .addColumn('started_at', 'text')
    .addColumn('ended_at', 'text')
    .addColumn('running_since', 'text')
    .addColumn('claim', 'text')
    .addColumn('worker', 'text')
    .addColumn('heartbeat_at', 'text')
    .addColumn('failure_reason', 'text')
    .addColumn('failure_params', 'text')
    .addColumn('checkpoint', 'text')
    .addColumn('total', 'bigint')
    .addColumn('rerun_of', 'integer')
  for (const counter of COUNTERS) {
    table = table.addColumn(counter, 'bigint', (c) => c.notNull().defaultTo(0))
  }
  await table
    .addCheckConstraint(
      'tallyman_job_over',
      sql`(status in ('cancelled', 'finished', 'failed')) = (ended_at is not null)`,
    )
    .addCheckConstraint(
      'tallyman_job_held',
      sql`(status <> 'running' or claim is not null) and
          (claim is null or status in ('running', 'pausing', 'cancelling', 'shutting_down'))`,
    )
    .execute()
  await db.schema
    .createIndex('tallyman_job_by_status')
    .on('tallyman_job')
    .columns(['status', 'id'])
    .execute()
  await db.schema
    .createIndex('tallyman_job_by_claim')
    .unique()
    .on('tallyman_job')
    .column('claim')
    .execute()
}

async function createJournal(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tallyman_journal')
    .addColumn('id', 'integer', numbered(db))
    .addColumn('job_id', 'integer', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('level', 'text', (c) =>
      c.notNull().check(sql`level in ('information', 'warning', 'error')`),
    )
    .addColumn('params', 'text', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('tallyman_journal_by_job')
    .on('tallyman_journal')
    .columns(['job_id', 'id'])
    .execute()
}

async function createReject(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tallyman_reject')
    .addColumn('job_id', 'integer', (c) => c.notNull())
    .addColumn('record', 'bigint', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('line', 'bigint', (c) => c.notNull())
    .addColumn('offset', 'bigint', (c) => c.notNull())
    .addColumn('connector', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('field', 'text')
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('params', 'text', (c) => c.notNull())
    .addColumn('raw', isPostgres(db) ? 'bytea' : 'blob', (c) => c.notNull())
    .addPrimaryKeyConstraint('tallyman_reject_pk', ['job_id', 'record', 'seq'])
    .execute()
}

async function createKey(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tallyman_key')
    .addColumn('job_id', 'integer', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('tallyman_key_pk', ['job_id', 'key'])
    .$call((table) => (isPostgres(db) ? table : table.modifyEnd(sql`without rowid`)))
    .execute()
}

async function createLeftover(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tallyman_leftover')
    .addColumn('job_id', 'integer', (c) => c.primaryKey())
    .execute()
}

/** An identity that never gives a number twice, also after a delete. */
function numbered(db: Kysely<unknown>) {
  return (column: ColumnDefinitionBuilder) =>
    isPostgres(db)
      ? column.generatedAlwaysAsIdentity().primaryKey()
      : column.primaryKey().autoIncrement()
}

function isPostgres(db: Kysely<unknown>): boolean {
  return db.getExecutor().adapter.supportsMultipleConnections !== false
}
