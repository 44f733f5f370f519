import { sql } from 'kysely'
import { readingsOf } from '../ground/names.ts'
import type { Db, Trx } from '../../store.ts'

/** Tables, partitioned and foreign tables, views and materialized views. */
export const KINDS = sql`c.relkind in ('r', 'p', 'f', 'v', 'm')`

/** The name that finds it again: with its schema where the search path does not reach it. */
export const NAME = sql<string>`
  case when pg_table_is_visible(c.oid) then c.relname else c.oid::regclass::text end`

/** A table or view: `id` is its oid, `sql` its name in SQL with the schema. */
export type FoundTable = { id: number; name: string; sql: string; kind: string }

/** @returns undefined where no table has one of the name's meanings, see `readingsOf` */
export async function findTable(db: Db | Trx, name: string): Promise<FoundTable | undefined> {
  const readings = readingsOf(name)
  if (readings.length === 0) return undefined
  const { rows } = await sql<FoundTable>`
    select c.oid as id, ${NAME} as name, c.relkind as kind,
           quote_ident(n.nspname) || '.' || quote_ident(c.relname) as sql
    from unnest(${readings}::text[]) with ordinality as reading (name, place)
    join pg_class as c on c.oid = to_regclass(reading.name)
    join pg_namespace as n on n.oid = c.relnamespace
    where ${KINDS} order by reading.place limit 1`.execute(db)
  return rows[0]
}

/** The name in SQL; a table that no longer exists keeps the requested name. */
export async function sqlNameOf(db: Db | Trx, name: string): Promise<string> {
  return (await findTable(db, name))?.sql ?? readingsOf(name)[0] ?? '""'
}
