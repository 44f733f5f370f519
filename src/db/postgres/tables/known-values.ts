import { sql } from 'kysely'
import { listedIn } from '../../known/listed-values.ts'
import { referredValues, type ForeignKey } from '../../known/referred-values.ts'
import type { ListedValues } from '../../../domain/records/table.ts'
import type { Db, Trx } from '../../store.ts'
import { findTable } from '../ground/find-table.ts'
import { readColumns } from './read-columns.ts'

/** The values of enums, and those that CHECKs of a column or of its domain list. */
export async function listedValues(db: Db | Trx, name: string): Promise<ListedValues> {
  const table = await findTable(db, name)
  if (table === undefined) return new Map()
  const { rows } = await sql<{ column: string; condition: string }>`
    select a.attname as column, pg_get_expr(c.conbin, c.conrelid) as condition
    from pg_attribute as a join pg_constraint as c on c.contype = 'c'
      and (c.conrelid = a.attrelid and c.conkey = array[a.attnum] or c.contypid = a.atttypid)
    where a.attrelid = ${table.id} and a.attnum > 0 and not a.attisdropped`.execute(db)
  const found: ListedValues = new Map()
  for (const { name: column, labels } of await readColumns(db, table.id)) {
    if (labels !== null) found.set(column, labels)
  }
  for (const { column, condition } of rows) {
    const values = listedIn(condition)?.values
    if (values !== undefined) found.set(column, values)
  }
  return found
}

type KeyRow = { columns: string; parent: string; referred: string }

/** Values of parents that the user may read. */
export async function valuesReferred(
  db: Db | Trx,
  name: string,
  keys: string[][],
): Promise<ListedValues> {
  const table = await findTable(db, name)
  if (table === undefined) return new Map()
  const { rows } = await sql<KeyRow>`
    select ${names('conkey', 'conrelid')} as columns, ${names('confkey', 'confrelid')} as referred,
           quote_ident(n.nspname) || '.' || quote_ident(p.relname) as parent
    from pg_constraint as c join pg_class as p on p.oid = c.confrelid
    join pg_namespace as n on n.oid = p.relnamespace
    where c.conrelid = ${table.id} and c.contype = 'f' and has_schema_privilege(n.oid, 'USAGE')
      and has_table_privilege(p.oid, 'SELECT')
    order by c.conname`.execute(db)
  const foreignKeys = rows.map(({ columns, parent, referred }): ForeignKey => ({
    columns: JSON.parse(columns),
    parent,
    referred: JSON.parse(referred),
  }))
  return await referredValues(db, table.sql, { foreignKeys, keys })
}

function names(numbers: string, of: string) {
  return sql.raw(`(select json_agg(a.attname order by k.place)::text
    from unnest(c.${numbers}) with ordinality as k (number, place)
    join pg_attribute as a on a.attrelid = c.${of} and a.attnum = k.number)`)
}
