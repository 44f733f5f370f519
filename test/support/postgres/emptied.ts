import type { Client } from 'pg'

/**
 * Ends what others than the kept sessions still do there, and removes all that is not Tallyman's; a
 * function has the plans of its statements ready.
 */
const EMPTY = (statements: string[]) => `
create function pg_temp.empty(kept text) returns boolean language plpgsql as $empty$
declare
  one record;
  is_busy boolean;
begin
  is_busy := exists (
    select from pg_stat_activity
    where datname = current_database() and application_name = kept and state <> 'idle'
  ) or exists (
    -- It would be there without the column when the type is dropped.
    select from pg_class join pg_attribute on attrelid = pg_class.oid
    where relpersistence = 't' and atttypid >= 16384
  );
  perform pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()
    and (application_name <> kept or state <> 'idle');
  for one in
    select relname as name, relkind as kind from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'f', 'v', 'm')
      and relname not like 'tallyman!_%' escape '!'
  loop
    execute format('drop %s if exists %I cascade',
      case one.kind when 'v' then 'view' when 'm' then 'materialized view'
        when 'f' then 'foreign table' else 'table' end, one.name);
  end loop;
  for one in select oid::regprocedure as name from pg_proc where pronamespace = 'public'::regnamespace
    and proname not like 'tallyman!_%' escape '!'
    and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')
  loop
    execute format('drop routine if exists %s cascade', one.name);
  end loop;
  perform setval(oid::regclass, 1, false) from pg_class
  where relnamespace = 'public'::regnamespace and relkind = 'S';
  ${statements.join('\n  ')}
  return not is_busy;
end $empty$`

/** Empties a database. @returns whether the sessions of the process `kept` are as new ones */
export type Emptying = (kept: string) => Promise<boolean>

/** @returns what brings the database of the connection back to how it is now, but for changed columns */
export async function emptied(client: Client): Promise<Emptying> {
  const { rows } = await client.query<{ name: string }>(`
    select relname as name from pg_class
    where relkind = 'r' and relname like 'tallyman!_%' escape '!'`)
  const statements: string[] = []
  for (const { name } of rows) {
    const rowsOf = `select json_agg(row) as rows from ${name} as row`
    const { rows: found } = await client.query<{ rows: unknown[] | null }>(rowsOf)
    statements.push(`delete from ${name};`)
    const first = found[0]?.rows
    if (first === undefined || first === null) continue
    const json = client.escapeLiteral(JSON.stringify(first))
    statements.push(
      `insert into ${name} select * from json_populate_recordset(null::${name}, ${json});`,
    )
  }
  await client.query(EMPTY(statements))
  return async (kept) => {
    const said = await client.query<{ clean: boolean }>('select pg_temp.empty($1) as clean', [kept])
    return said.rows[0]?.clean === true
  }
}
