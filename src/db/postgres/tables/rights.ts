import { sql } from 'kysely'
import { UnusableError } from '../../../domain/words/errors.ts'
import type { Db, Trx } from '../../store.ts'
import type { TableRight } from './usable.ts'

/** What statements do with a table: the rights that they take, and the columns that they fill. */
type Needed = { table: string; rights: NeededRight[]; fields: string[] }

/** Without columns, the right to the whole table. */
export type NeededRight = { right: TableRight; columns?: string[] }

/**
 * Checks that the user has what statements need, since the server's own error names one
 * object alone. Where columns have rights of their own, those of the columns are enough.
 * @throws UnusableError
 */
export async function requireRights(
  db: Db | Trx,
  id: number,
  { table, rights, fields }: Needed,
): Promise<void> {
  const missing = await missingRight(db, id, rights)
  if (missing !== undefined) {
    throw new UnusableError({ problem: 'no_right', table, right: missing })
  }
  if (!rights.some(({ right }) => right === 'INSERT')) return
  const sequence = await sequenceWithout(db, id, fields)
  if (sequence === undefined) return
  throw new UnusableError({ problem: 'no_right_of_sequence', table, right: 'USAGE', sequence })
}

/** The first that is missing, as GRANT names it: `UPDATE (age)` where others of the columns have it. */
async function missingRight(
  db: Db | Trx,
  id: number,
  rights: NeededRight[],
): Promise<string | undefined> {
  const { rows } = await sql<{ right: string; columns: string | null; isAny: boolean }>`
    select needed."right", string_agg(quote_ident(name), ', ' order by needed.place) as columns,
           case needed."right" when 'DELETE' then false
             else has_any_column_privilege(${id}::oid, needed."right") end as "isAny"
    from json_to_recordset(${JSON.stringify(inColumns(rights))}::json)
      as needed ("right" text, name text, place int)
    where not case when name is null then has_table_privilege(${id}::oid, needed."right")
                   else has_column_privilege(${id}::oid, name, needed."right") end
    group by needed."right" order by min(needed.place) limit 1`.execute(db)
  const [missing] = rows
  if (missing === undefined) return undefined
  const { right, columns, isAny } = missing
  return isAny && columns !== null ? `${right} (${columns})` : right
}

function inColumns(rights: NeededRight[]) {
  const each = rights.flatMap(({ right, columns }) =>
    (columns ?? [null]).map((name) => ({ right, name })),
  )
  return each.map((one, place) => ({ ...one, place }))
}

/** A sequence that a default asks, and the user may not; of a column that no record fills. */
async function sequenceWithout(
  db: Db | Trx,
  id: number,
  fields: string[],
): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    select s.oid::regclass::text as name
    from pg_attrdef as d
    join pg_attribute as a on a.attrelid = d.adrelid and a.attnum = d.adnum
    join pg_depend as asked on asked.classid = 'pg_attrdef'::regclass and asked.objid = d.oid
      and asked.refclassid = 'pg_class'::regclass
    join pg_class as s on s.oid = asked.refobjid
    where d.adrelid = ${id} and a.attname <> all (${fields}::text[])
      and case s.relkind when 'S' then not has_sequence_privilege(s.oid, 'USAGE, UPDATE') end
    order by 1 limit 1`.execute(db)
  return rows[0]?.name
}
