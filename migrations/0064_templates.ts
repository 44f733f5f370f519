import { sql, type ColumnDefinitionBuilder, type Kysely } from 'kysely'

/** Specifications with a name, what changed in them, and from which of them a job was made. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tallyman_template')
    .addColumn('id', 'integer', numbered(db))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('name_key', 'text', (c) => c.notNull().unique())
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull().check(sql`type in ('import', 'export')`))
    .addColumn('specification', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('created_by', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('tallyman_template_change')
    .addColumn('id', 'integer', numbered(db))
    .addColumn('template_id', 'integer', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('by', 'text', (c) => c.notNull())
    .addColumn('parts', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('tallyman_template_change_by_template')
    .on('tallyman_template_change')
    .columns(['template_id', 'id'])
    .execute()
  await db.schema.alterTable('tallyman_job').addColumn('template', 'text').execute()
  await db.schema
    .createIndex('tallyman_job_by_template')
    .on('tallyman_job')
    .columns(['template', 'id'])
    .where(sql<boolean>`template is not null`)
    .execute()
}

/** An identity that never gives a number twice, also after a delete: jobs keep it. */
function numbered(db: Kysely<unknown>) {
  return (column: ColumnDefinitionBuilder) =>
    isPostgres(db)
      ? column.generatedAlwaysAsIdentity().primaryKey()
      : column.primaryKey().autoIncrement()
}

function isPostgres(db: Kysely<unknown>): boolean {
  return db.getExecutor().adapter.supportsMultipleConnections !== false
}
