import { sql } from 'kysely'
import { UnusableError } from '../../../domain/words/errors.ts'
import { readingsOf, schemaIn } from './names.ts'
import type { Db, Trx } from '../../store.ts'

/** Tables, partitioned and foreign tables, views and materialized views. */
export const KINDS = sql`c.relkind in ('r', 'p', 'f', 'v', 'm')`

/** The name that finds it again: with its schema where the search path does not reach it. */
export const NAME = sql<string>`
  case when pg_table_is_visible(c.oid) then c.relname else c.oid::regclass::text end`

/** A table or view: `id` is its oid, `sql` its name in SQL with the schema. */
export type FoundTable = { id: number; name: string; sql: string; kind: string }

/**
 * @returns undefined where no table has one of the name's meanings, see `readingsOf`
 * @throws UnusableError where the user may not look into the schema
 */
export async function findTable(db: Db | Trx, name: string): Promise<FoundTable | undefined> {
  const readings = readingsOf(name)
  const closed = readings.length === 0 ? undefined : await closedSchema(db, readings)
  if (closed === undefined) return await firstOf(db, readings)
  const params = { table: name, right: 'USAGE', schema: closed }
  throw new UnusableError({ problem: 'no_right_of_schema', ...params })
}

/** The schema of one of these names, where the user may not use it: the server would only fail. */
async function closedSchema(db: Db | Trx, readings: string[]): Promise<string | undefined> {
  const schemas = readings.flatMap((reading) => schemaIn(reading) ?? [])
  if (schemas.length === 0) return undefined
  const { rows } = await sql<{ name: string }>`
    select nspname as name from pg_namespace
    where oid in (select to_regnamespace(name) from unnest(${schemas}::text[]) as name)
      and not has_schema_privilege(oid, 'USAGE') limit 1`.execute(db)
  return rows[0]?.name
}

async function firstOf(db: Db | Trx, readings: string[]): Promise<FoundTable | undefined> {
  const { rows } = await sql<FoundTable>`
    select c.oid as id, ${NAME} as name, c.relkind as kind,
           quote_ident(n.nspname) || '.' || quote_ident(c.relname) as sql
    from unnest(${readings}::text[]) with ordinality as reading (name, place)
    join pg_class as c on c.oid = to_regclass(reading.name)
    join pg_namespace as n on n.oid = c.relnamespace
    where ${KINDS} order by reading.place limit 1`.execute(db)
  return rows[0]
}

/** The same, also of a table that the user may not see. */
export async function sqlNameSeen(db: Db | Trx, name: string): Promise<string> {
  const readings = readingsOf(name)
  const isClosed = (await closedSchema(db, readings)) !== undefined
  const found = isClosed ? undefined : await firstOf(db, readings)
  return found?.sql ?? readings[0] ?? '""'
}

/** The name in SQL; a table that no longer exists keeps the requested name. */
export async function sqlNameOf(db: Db | Trx, name: string): Promise<string> {
  return (await findTable(db, name))?.sql ?? readingsOf(name)[0] ?? '""'
}
