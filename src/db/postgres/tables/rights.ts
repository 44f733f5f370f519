import { sql } from 'kysely'
import { UnusableError } from '../../../domain/words/errors.ts'
import type { Trx } from '../../store.ts'
import type { TableRight } from './usable.ts'

/** What statements do with a table: the rights that they take, and the columns that they fill. */
type Needed = { table: string; rights: TableRight[]; fields: string[] }

/**
 * Checks that the user has what statements need, since the server's own error names one
 * object alone. Columns may have rights of their own: the statements find out which are missing.
 * @throws UnusableError
 */
export async function requireRights(
  trx: Trx,
  id: number,
  { table, rights, fields }: Needed,
): Promise<void> {
  const { rows } = await sql<{ right: TableRight }>`
    select "right" from unnest(${rights}::text[]) with ordinality as needed ("right", place)
    where not case "right" when 'DELETE' then has_table_privilege(${id}::oid, "right")
                           else has_any_column_privilege(${id}::oid, "right") end
    order by place limit 1`.execute(trx)
  const [missing] = rows
  if (missing !== undefined) {
    throw new UnusableError({ problem: 'no_right', table, right: missing.right })
  }
  if (!rights.includes('INSERT')) return
  const sequence = await sequenceWithout(trx, id, fields)
  if (sequence === undefined) return
  throw new UnusableError({ problem: 'no_right_of_sequence', table, right: 'USAGE', sequence })
}

/** A sequence that a default asks, and the user may not; of a column that no record fills. */
async function sequenceWithout(
  trx: Trx,
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
    order by 1 limit 1`.execute(trx)
  return rows[0]?.name
}
