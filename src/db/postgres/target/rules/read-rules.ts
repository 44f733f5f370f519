import type { PoolClient } from 'pg'
import { quoteName } from '../../ground/names.ts'
import type { TableShape } from '../../statements/shape.ts'

/** A constraint of the table that a query can evaluate for records that are not written yet. */
export type TableRule = {
  /** The name of its `Constraint`. */
  name: string
  columns: string[]
} &
  /** NOT NULL is a condition too. */
  (
    | { kind: 'required' | 'check'; condition: string }
    | { kind: 'unique' }
    /** The parent table, its name in SQL, and its columns. */
    | { kind: 'reference'; parentName: string; parent: string; referred: string[] }
  )

type RuleRow = {
  kind: Exclude<TableRule['kind'], 'required'>
  name: string
  columns: string
  condition: string
  parentName: string
  parent: string
  referred: string
}

/**
 * The rules of a table in the order in which the server checks a row: CHECK constraints by name,
 * unique indexes by age, those that can be deferred last, then foreign keys to other tables. Left
 * out is what a comparison of columns does not decide: exclusion, partial indexes and indexes of
 * expressions, NULLS NOT DISTINCT, and constraints that are not valid for all rows.
 */
export async function readRules(client: PoolClient, shape: TableShape): Promise<TableRule[]> {
  const { id } = shape
  const { rows } = await client.query<RuleRow>(`
    select 'check' as kind, c.conname as name, ${namesOf('c.conkey', 'c.conrelid')} as columns,
           pg_get_expr(c.conbin, c.conrelid) as condition, '' as "parentName", '' as parent, '[]' as referred,
           1 as step, row_number() over (order by c.conname collate "C") as place
    from pg_constraint as c
    where c.conrelid = ${id} and c.contype = 'c' and c.convalidated
    union all
    select 'unique', i.relname, ${namesOf('x.indkey', 'x.indrelid', 'x.indnkeyatts')},
           '', '', '', '[]', case when x.indimmediate then 2 else 3 end, x.indexrelid::int8
    from pg_index as x join pg_class as i on i.oid = x.indexrelid
    where x.indrelid = ${id} and x.indisunique and x.indisvalid
      and x.indpred is null and x.indexprs is null
      and to_jsonb(x) ->> 'indnullsnotdistinct' is distinct from 'true'
      and not exists (
        select from unnest(x.indkey) with ordinality as k (number, place)
        join pg_attribute as a on a.attrelid = x.indrelid and a.attnum = k.number
        where k.place <= x.indnkeyatts and a.attcollation <> x.indcollation[k.place - 1])
    union all
    select 'reference', c.conname, ${namesOf('c.conkey', 'c.conrelid')}, '', p.relname,
           case p.relkind when 'p' then '' else 'only ' end || p.oid::regclass::text,
           ${namesOf('c.confkey', 'c.confrelid')}, 4,
           row_number() over (order by c.oid::text collate "C")
    from pg_constraint as c join pg_class as p on p.oid = c.confrelid
    where c.conrelid = ${id} and c.confrelid <> ${id} and c.contype = 'f'
      and c.confmatchtype = 's' and c.convalidated
      -- The server looks for the parent as the owner, whom policies hide nothing.
      and not row_security_active(p.oid)
      and to_jsonb(c) ->> 'conperiod' is distinct from 'true'
      -- One to each partition of the parent belongs to the one to the parent.
      and not exists (
        select from pg_constraint as whole
        where whole.oid = c.conparentid and whole.conrelid = c.conrelid)
    order by step, place`)
  const others = rows.map((row): TableRule => {
    const { kind, name, condition, parentName, parent } = row
    const columns: string[] = JSON.parse(row.columns)
    switch (kind) {
      case 'check':
        return { kind, name, columns, condition }
      case 'unique':
        return { kind, name, columns }
      case 'reference':
        return { kind, name, columns, parentName, parent, referred: JSON.parse(row.referred) }
    }
  })
  return [...requiredIn(shape), ...others]
}

/** Those with a default, which is not taken where a record empties the field; see `emptyFields`. */
function requiredIn({ all }: TableShape): TableRule[] {
  return all
    .filter(({ nullable, defaultSql, generated }) => !nullable && !generated && defaultSql !== null)
    .map(({ name }) => {
      return {
        kind: 'required',
        name,
        columns: [name],
        condition: `${quoteName(name)} is not null`,
      }
    })
}

function namesOf(numbers: string, of: string, most = '1000'): string {
  return `coalesce((select json_agg(a.attname order by k.place)
    from unnest(${numbers}) with ordinality as k (number, place)
    join pg_attribute as a on a.attrelid = ${of} and a.attnum = k.number
    where k.place <= ${most}), '[]')::text`
}
