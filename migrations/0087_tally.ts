import { sql, type Kysely } from 'kysely'

/**
 * How many jobs, records of their removal and entries of each journal were written. The numbers that
 * PostgreSQL gives have gaps wherever a transaction was rolled back, so that there a missing one
 * tells nothing; triggers count, since older versions may still write. On SQLite it stays empty.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tallyman_tally')
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('job_id', 'integer', (c) => c.notNull())
    .addColumn('written', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('tallyman_tally_pk', ['name', 'job_id'])
    .execute()
  if (db.getExecutor().adapter.supportsMultipleConnections === false) return
  for (const statement of [COUNT_ROW, COUNT_ENTRIES, ...TRIGGERS, ...WRITTEN]) {
    await sql.raw(statement).execute(db)
  }
}

/**
 * Of a job whose removal is on record, its row counts no longer. At the end of the transaction, so
 * that whoever makes a job waits for no other.
 */
const COUNT_ROW = `
create function tallyman_count_row() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    execute format('
      update %1$I.tallyman_tally set written = written - 1 where name = %2$L and job_id = 0
        and exists (select from %1$I.tallyman_removal where job_id = $1)',
      tg_table_schema, tg_table_name) using old.id;
    execute format('delete from %I.tallyman_tally where name = ''tallyman_journal'' and job_id = $1',
      tg_table_schema) using old.id;
  else
    execute format('
      insert into %I.tallyman_tally as tally values (%L, 0, 1)
      on conflict (name, job_id) do update set written = tally.written + 1',
      tg_table_schema, tg_table_name);
  end if;
  return null;
end $$`

const COUNT_ENTRIES = `
create function tallyman_count_entries() returns trigger language plpgsql as $$
begin
  execute format('
    insert into %I.tallyman_tally as tally
    select ''tallyman_journal'', job_id, count(*) from added group by job_id order by job_id
    on conflict (name, job_id) do update set written = tally.written + excluded.written',
    tg_table_schema);
  return null;
end $$`

const TRIGGERS = [
  `create constraint trigger tallyman_job_counted after insert or delete on tallyman_job
   deferrable initially deferred for each row execute function tallyman_count_row()`,
  `create constraint trigger tallyman_removal_counted after insert on tallyman_removal
   deferrable initially deferred for each row execute function tallyman_count_row()`,
  `create trigger tallyman_journal_counted after insert on tallyman_journal
   referencing new table as added for each statement execute function tallyman_count_entries()`,
]

const WRITTEN = [
  ...['tallyman_job', 'tallyman_removal'].map(
    (table) => `insert into tallyman_tally select '${table}', 0, count(*) from ${table}`,
  ),
  `insert into tallyman_tally
   select 'tallyman_journal', job_id, count(*) from tallyman_journal group by job_id`,
]
