import { sql, type RawBuilder } from 'kysely'
import { UnusableError } from '../../../domain/words/errors.ts'
import { HOME, PUBLIC } from './home.ts'
import { meaningsOf, quoteName, type NameMeaning, type NamePart } from './names.ts'
import type { Db, Trx } from '../../store.ts'

/** Tables, partitioned and foreign tables, views and materialized views. */
export const KINDS = sql`c.relkind in ('r', 'p', 'f', 'v', 'm')`

const IN_QUOTES = sql`'"' || replace(c.relname, '"', '""') || '"'`
const WITH_SCHEMA = sql<string>`'"' || replace(n.nspname, '"', '""') || '".' || ${IN_QUOTES}`

/** Names with a dot of tables on the search path: without quotes they could be meant as well. */
const DOTTED = sql`
  select lower(d.relname collate "default") from pg_class as d
  where d.relkind in ('r', 'p', 'f', 'v', 'm') and d.relname like '%.%'
    and pg_table_is_visible(d.oid)`

/**
 * The name that finds it again: with its schema, unless that is `public` and looked into first, in
 * quotes where it would mean something else without.
 */
export const NAME = sql<string>`
  case when n.nspname = ${sql.lit(PUBLIC)} and pg_table_is_visible(c.oid) and (select ${HOME}) = ${sql.lit(PUBLIC)}
         then case when c.relname ~ '^"|[.]' then ${IN_QUOTES} else c.relname end
       when lower((n.nspname || '.' || c.relname) collate "default") in (${DOTTED}) then ${WITH_SCHEMA}
       else quote_ident(n.nspname) || '.' || quote_ident(c.relname) end`

/** A table or view: `id` is its oid, `sql` its name in SQL, with the schema and all quotes. */
export type FoundTable = {
  id: number
  name: string
  sql: string
  kind: string
  /** Whether policies may hide rows from the user. */
  hidesRows: boolean
}

/** A schema that is there; it is closed where the user may not look into it. */
export type FoundSchema = { id: number; name: string; isClosed: boolean }

/**
 * @returns undefined where no table has one of the name's meanings, see `meaningsOf`
 * @throws UnusableError where several have, or the user may not look into the schema
 */
export async function findTable(db: Db | Trx, name: string): Promise<FoundTable | undefined> {
  const called: Called[] = []
  for (const meaning of meaningsOf(name)) called.push(await callsOf(db, meaning))

  const meant = meantBy(called)
  if (meant.length > 1) throw ambiguous(name, meant)
  const [found] = called.flatMap(({ tables }) => tables)
  const closed = called.flatMap(({ schemas }) => schemas).find(({ isClosed }) => isClosed)
  if (closed === undefined) return found
  const params = { table: name, right: 'USAGE', schema: closed.name }
  throw new UnusableError({ problem: 'no_right_of_schema', ...params })
}

export function ambiguous(table: string, meant: string[]): UnusableError {
  return new UnusableError({ problem: 'name_ambiguous', table, tables: meant.join(', ') })
}

/** What is there of one meaning. */
type Called = NameMeaning & { tables: FoundTable[]; schemas: FoundSchema[] }

/** What could be meant, in SQL; of a schema also a table that is not there, beside one that is. */
function meantBy(called: Called[]): string[] {
  const tables = called.flatMap((one) => one.tables.map((table) => table.sql))
  const missing = called.flatMap(({ schemas: [schema], tables, table }) =>
    schema === undefined || tables.length > 0
      ? []
      : [`${quoteName(schema.name)}.${quoteName(table.text)}`],
  )
  return tables.length === 0 ? [] : [...missing, ...tables]
}

async function callsOf(db: Db | Trx, { schema, table }: NameMeaning): Promise<Called> {
  const schemas = schema === undefined ? [] : await findSchemas(db, schema)
  const ids = schemas.map(({ id }) => id)
  const isThere =
    schema === undefined ? sql`pg_table_is_visible(c.oid)` : sql`n.oid = any (${ids}::oid[])`
  const { rows } = await sql<FoundTable & { isExact: boolean }>`
    select c.oid as id, ${NAME} as name, c.relkind as kind, ${WITH_SCHEMA} as sql,
           row_security_active(c.oid) as "hidesRows", c.relname = ${table.text}::text as "isExact"
    from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
    where ${KINDS} and ${isCalled(sql`c.relname`, table)} and ${isThere}
    order by n.nspname, c.relname`.execute(db)
  return { schema, table, schemas, tables: likeliest(rows) }
}

/** Schemas of this name; where none has it exactly, all that differ in their capitals alone. */
export async function findSchemas(db: Db | Trx, schema: NamePart): Promise<FoundSchema[]> {
  const { rows } = await sql<FoundSchema & { isExact: boolean }>`
    select oid as id, nspname as name, not has_schema_privilege(oid, 'USAGE') as "isClosed",
           nspname = ${schema.text}::text as "isExact"
    from pg_namespace where ${isCalled(sql`nspname`, schema)} order by 2`.execute(db)
  return likeliest(rows)
}

function isCalled(name: RawBuilder<unknown>, { text, isExact }: NamePart) {
  // Names have a collation of their own, which knows capitals of ASCII alone.
  return isExact
    ? sql`${name} = ${text}::text`
    : sql`(${name} = ${text}::text or lower(${name}::text collate "default") = lower(${text}::text))`
}

function likeliest<Found extends { isExact: boolean }>(found: Found[]): Found[] {
  const exact = found.filter(({ isExact }) => isExact)
  return exact.length > 0 ? exact : found
}

/** The name in SQL, also of a table that the user may not see; of one in doubt, as requested. */
export async function sqlNameSeen(db: Db | Trx, name: string): Promise<string> {
  const called: Called[] = []
  for (const meaning of meaningsOf(name)) called.push(await callsOf(db, meaning))
  const [meant, ...others] = meantBy(called)
  return meant !== undefined && others.length === 0 ? meant : quoteName(name)
}

/** The name in SQL; a table that no longer exists keeps the requested name. */
export async function sqlNameOf(db: Db | Trx, name: string): Promise<string> {
  return (await findTable(db, name))?.sql ?? quoteName(name)
}
