import type { Client } from 'pg'

/** Ends what others still do there, and removes all that is not Tallyman's. */
const CLEAR = `
select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid();
do $$
declare one record;
begin
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
    and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')
  loop
    execute format('drop routine if exists %s cascade', one.name);
  end loop;
  perform setval(oid::regclass, 1, false) from pg_class
  where relnamespace = 'public'::regnamespace and relkind = 'S';
end $$`

/** @returns what brings the database of the connection back to how it is now, but for changed columns */
export async function emptied(client: Client): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ name: string }>(`
    select relname as name from pg_class
    where relkind = 'r' and relname like 'tallyman!_%' escape '!'`)
  const statements = [CLEAR]
  for (const { name } of rows) {
    const rowsOf = `select json_agg(row) as rows from ${name} as row`
    const { rows: found } = await client.query<{ rows: unknown[] | null }>(rowsOf)
    statements.push(`delete from ${name}`)
    const first = found[0]?.rows
    if (first === undefined || first === null) continue
    const json = client.escapeLiteral(JSON.stringify(first))
    statements.push(
      `insert into ${name} select * from json_populate_recordset(null::${name}, ${json})`,
    )
  }
  return async () => void (await client.query(statements.join(';\n')))
}
