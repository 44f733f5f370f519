import { sql } from 'kysely'
import type { Db } from '../../src/db/store.ts'
import { byDatabase } from './databases.ts'

/** What SQLite, which cannot sleep, does in about a millisecond. */
const STEPS_A_MS = 10_000

/** Makes each new row of the table take about so long. */
export async function slowDown(db: Db, table: string, ms: number): Promise<void> {
  const before = `create trigger slow_down before insert on ${table} for each row`
  const text = byDatabase({
    SQLite: `${before} begin
      select count(*) from (with recursive n (i) as
        (select 1 union all select i + 1 from n where i < ${ms * STEPS_A_MS}) select i from n);
    end`,
    PostgreSQL: `create function slow_down() returns trigger language plpgsql as
      'begin perform pg_sleep(${ms / 1000}); return new; end';
      ${before} execute function slow_down()`,
  })
  await sql.raw(text).execute(db)
}

/** Ends that. */
export async function speedUp(db: Db, table: string): Promise<void> {
  const of = byDatabase({ SQLite: '', PostgreSQL: `on ${table}` })
  await sql.raw(`drop trigger slow_down ${of}`).execute(db)
}
