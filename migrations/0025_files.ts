import { sql, type Kysely } from 'kysely'

/**
 * The files that Tallyman keeps itself: results of exports, uploads and copies of standard input. They
 * lie in pieces in the database, or on a disk under their path. Several jobs may share one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tallyman_file')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('path', 'text')
    .addColumn('size', 'bigint', (c) => c.notNull())
    .addColumn('sha256', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('created_by', 'text', (c) => c.notNull())
    .addColumn('completed_at', 'text')
    .addColumn('unused_since', 'text')
    .execute()
  await db.schema
    .createIndex('tallyman_file_by_unused')
    .on('tallyman_file')
    .column('unused_since')
    .where(sql.ref('unused_since'), 'is not', null)
    .execute()
  await db.schema
    .createTable('tallyman_file_piece')
    .addColumn('file_id', 'text', (c) => c.notNull())
    .addColumn('position', 'bigint', (c) => c.notNull())
    .addColumn('bytes', isPostgres(db) ? 'bytea' : 'blob', (c) => c.notNull())
    .addPrimaryKeyConstraint('tallyman_file_piece_pk', ['file_id', 'position'])
    .execute()
  // To compress what may be compressed already would take longer than all the rest of an export.
  if (isPostgres(db)) {
    await sql`alter table tallyman_file_piece alter column bytes set storage external`.execute(db)
  }
  await db.schema
    .createTable('tallyman_job_file')
    .addColumn('job_id', 'integer', (c) => c.notNull())
    .addColumn('file_id', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('tallyman_job_file_pk', ['job_id', 'file_id'])
    .execute()
  await db.schema
    .createIndex('tallyman_job_file_by_file')
    .on('tallyman_job_file')
    .column('file_id')
    .execute()
}

function isPostgres(db: Kysely<unknown>): boolean {
  return db.getExecutor().adapter.supportsMultipleConnections !== false
}
