import { sql } from 'kysely'
import { readingsOf } from '../ground/names.ts'
import type { Db, Trx } from '../../store.ts'

/** Tables, partitioned and foreign ones, and views of both kinds. */
export const KINDS = sql`c.relkind in ('r', 'p', 'f', 'v', 'm')`

/** By this name it is found again: with its schema where it is looked for in others. */
export const NAME = sql<string>`
  case when pg_table_is_visible(c.oid) then c.relname else c.oid::regclass::text end`

/** A table or view: its number in the catalogues, and its name in SQL with its schema. */
export type FoundTable = { id: number; name: string; sql: string; kind: string }

/** @returns undefined where there is none of that name, see `readingsOf` */
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

/** In SQL; one that is gone meanwhile keeps the name by which it was asked for. */
export async function sqlNameOf(db: Db | Trx, name: string): Promise<string> {
  return (await findTable(db, name))?.sql ?? readingsOf(name)[0] ?? '""'
}
