import { sql, type Kysely } from 'kysely'

/** Each carries a list of jobs in the order of one column: alone, and within one type and status. */
const SORTED = ['label_key', 'dated_at', 'processed', 'rejects']
/** These differ between jobs of some statuses only, so a list of all is put together from statuses. */
const SORTED_WITHIN_STATUS = [...SORTED, 'ended_at', 'duration_ms']
const ROWS_A_PIECE = 1_000

export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumns(db)
  await fillJobs(db)
  await indexJobs(db)
  if (!isPostgres(db)) await indexText(db)
  await db.schema
    .createIndex('tallyman_journal_by_level')
    .on('tallyman_journal')
    .columns(['job_id', 'level', 'id'])
    .execute()
  await createRejectKind(db)
  await createSample(db)
}

async function addColumns(db: Kysely<unknown>): Promise<void> {
  // Bytes in their order, as on SQLite, whatever language the database sorts in.
  const text = isPostgres(db) ? sql`text collate "C"` : 'text'
  const table = db.schema.alterTable('tallyman_job')
  await table.addColumn('label_key', text, (c) => c.notNull().defaultTo('')).execute()
  await table.addColumn('search_text', 'text', (c) => c.notNull().defaultTo('')).execute()
  await table.addColumn('dated_at', text, (c) => c.notNull().defaultTo('')).execute()
  await table.addColumn('copy_of', 'integer').execute()
  await db.schema
    .alterTable('tallyman_reject')
    .addColumn('kind', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
}

type JobText = {
  id: number
  label: string
  description: string
  file_name: string
  target_table: string
}

async function fillJobs(db: Kysely<unknown>): Promise<void> {
  await sql`update tallyman_job set dated_at = coalesce(started_at, created_at)`.execute(db)
  let after = 0
  for (;;) {
    const { rows } = await sql<JobText>`
      select id, label, description, file_name, target_table from tallyman_job
      where id > ${after} order by id limit ${ROWS_A_PIECE}`.execute(db)
    for (const { id, label, description, file_name, target_table } of rows) {
      const text = [label, description, file_name, target_table].map(fold).join('\n') + '\n\n'
      await sql`update tallyman_job set label_key = ${fold(label)}, search_text = ${text}
                where id = ${id}`.execute(db)
      after = id
    }
    if (rows.length < ROWS_A_PIECE) return
  }
}

function fold(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
}

async function indexJobs(db: Kysely<unknown>): Promise<void> {
  const index = (name: string, columns: string[]) =>
    db.schema
      .createIndex(`tallyman_job_by_${name}`)
      .on('tallyman_job')
      .columns([...columns, 'id'])
      .execute()
  await index('type_and_status', ['type', 'status'])
  for (const column of SORTED) await index(column, [column])
  for (const column of SORTED_WITHIN_STATUS) {
    await index(`status_and_${column}`, ['type', 'status', column])
  }
}

/**
 * SQLite finds a piece of text by its groups of three characters. Where they stand in the text is
 * not kept, so that the index stays small: what it finds is looked at again.
 */
async function indexText(db: Kysely<unknown>): Promise<void> {
  const remove = `insert into tallyman_job_text (tallyman_job_text, rowid, search_text)
                  values ('delete', old.id, old.search_text);`
  const add = `insert into tallyman_job_text (rowid, search_text)
               values (new.id, new.search_text);`
  const statements = [
    `create virtual table tallyman_job_text using fts5(
       search_text, content = 'tallyman_job', content_rowid = 'id', detail = 'none',
       tokenize = 'trigram case_sensitive 1')`,
    `create virtual table tallyman_job_trigram using fts5vocab('tallyman_job_text', 'instance')`,
    `insert into tallyman_job_text (tallyman_job_text) values ('rebuild')`,
    `create trigger tallyman_job_text_insert after insert on tallyman_job begin ${add} end`,
    `create trigger tallyman_job_text_delete after delete on tallyman_job begin ${remove} end`,
    `create trigger tallyman_job_text_update after update of search_text on tallyman_job
     begin ${remove} ${add} end`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}

/** The rejects of a job that share type, code and field, with their number, however many there are. */
async function createRejectKind(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tallyman_reject_kind')
    .addColumn('job_id', 'integer', (c) => c.notNull())
    .addColumn('kind', 'integer', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('field', 'text')
    .addColumn('count', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('tallyman_reject_kind_pk', ['job_id', 'kind'])
    .execute()
  await sql`
    insert into tallyman_reject_kind (job_id, kind, type, code, field, count)
    select job_id, row_number() over (partition by job_id order by type, code, field),
           type, code, field, count(*)
    from tallyman_reject group by job_id, type, code, field`.execute(db)
  await sql`
    update tallyman_reject set kind = (
      select k.kind from tallyman_reject_kind as k
      where k.job_id = tallyman_reject.job_id and k.type = tallyman_reject.type
        and k.code = tallyman_reject.code and k.field is not distinct from tallyman_reject.field
    )`.execute(db)
  await db.schema
    .createIndex('tallyman_reject_by_kind')
    .on('tallyman_reject')
    .columns(['job_id', 'kind', 'record', 'seq'])
    .execute()
}

async function createSample(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tallyman_sample')
    .addColumn('job_id', 'integer', (c) => c.notNull())
    .addColumn('tick', 'integer', (c) => c.notNull())
    .addColumn('running_ms', 'bigint', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('processed', 'bigint', (c) => c.notNull())
    .addColumn('rejects', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('tallyman_sample_pk', ['job_id', 'tick'])
    .execute()
}

function isPostgres(db: Kysely<unknown>): boolean {
  return db.getExecutor().adapter.supportsMultipleConnections !== false
}
