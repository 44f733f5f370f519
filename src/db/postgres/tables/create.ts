import { sql } from 'kysely'
import type { MadeType } from '../../../domain/records/table.ts'
import { UnusableError } from '../../../domain/words/errors.ts'
import type { NewTable, Trx } from '../../store.ts'
import { quoteName, readingsOf, schemaIn } from '../ground/names.ts'
import { serverError } from '../ground/sql-state.ts'
import { sqlNameOf } from '../ground/find-table.ts'
import { faultOf } from './usable.ts'

/** In bytes; the server truncates longer names. */
const LONGEST_NAME = 63

/** Numbers of any length stay exact. */
export const TYPE_NAMES: Record<MadeType, string> = {
  integer: 'integer',
  bigint: 'bigint',
  number: 'numeric',
  boolean: 'boolean',
  date: 'date',
  datetime: 'timestamp with time zone',
  timestamp: 'timestamp without time zone',
  uuid: 'uuid',
  text: 'text',
}

export const MADE_TYPES = Object.keys(TYPE_NAMES).filter(isMadeType)

function isMadeType(name: string): name is MadeType {
  return Object.hasOwn(TYPE_NAMES, name)
}

/** @throws UnusableError where the schema, the names or the privileges do not allow it */
export async function createTable(trx: Trx, table: NewTable): Promise<void> {
  const long = table.columns.find(({ name }) => Buffer.byteLength(name) > LONGEST_NAME)
  if (long !== undefined) {
    const detail = `"${long.name}" > ${LONGEST_NAME} bytes`
    throw new UnusableError({ problem: 'table_refused', table: table.name, detail })
  }
  try {
    await sql.raw(definitionOf(table, await placeOf(trx, table.name))).execute(trx)
  } catch (error) {
    const detail = serverError(error)?.message
    const isFault = faultOf(table.name, 'CREATE', error) !== undefined
    if (detail === undefined || !isFault) throw error
    throw new UnusableError({ problem: 'table_refused', table: table.name, detail })
  }
}

function definitionOf({ columns, primaryKey }: NewTable, name: string): string {
  const lines = columns.map(({ name, type }) => `${quoteName(name)} ${TYPE_NAMES[type]}`)
  if (primaryKey.length > 0) lines.push(`primary key (${primaryKey.map(quoteName).join(', ')})`)
  return `create table ${name} (\n  ${lines.join(',\n  ')}\n)`
}

/** `schema.table` where that schema exists, else a table with exactly that name. */
async function placeOf(trx: Trx, name: string): Promise<string> {
  const [whole = '""', ...paths] = readingsOf(name)
  for (const path of paths) {
    const schema = schemaIn(path)
    if (schema === undefined) continue
    const { rows } = await sql<{ isThere: boolean }>`
      select to_regnamespace(${schema}) is not null as "isThere"`.execute(trx)
    if (rows[0]?.isThere !== true) continue
    await requireCreate(trx, name, schema)
    return path
  }
  // A name in quotes has no other meaning.
  const place = /^"(?:[^"]|"")+"$/.test(name) ? (paths[0] ?? whole) : whole
  // Where the session's own path begins with Tallyman's schema.
  const { rows } = await sql<{ home: string | null; first: string | null }>`
    select current_setting('tallyman.home', true) as home,
           quote_ident(current_schema()) as first`.execute(trx)
  const { home, first } = rows[0] ?? {}
  await requireCreate(trx, name, home || first || null)
  return home ? `${home}.${place}` : place
}

/** @throws UnusableError where the user may not make tables in a schema that is there */
async function requireCreate(trx: Trx, table: string, schema: string | null): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select nspname as name from pg_namespace
    where oid = to_regnamespace(${schema}) and not has_schema_privilege(oid, 'CREATE')`.execute(trx)
  const [closed] = rows
  if (closed === undefined) return
  const params = { table, right: 'CREATE', schema: closed.name }
  throw new UnusableError({ problem: 'no_right_of_schema', ...params })
}

export async function createIndex(trx: Trx, table: string, columns: string[]): Promise<string> {
  const on = await sqlNameOf(trx, table)
  const by = columns.map(quoteName).join(', ')
  const name = cut(`${table}_by_${columns.join('_')}`)
  await sql.raw(`create index ${quoteName(name)} on ${on} (${by})`).execute(trx)
  return name
}

function cut(name: string): string {
  let short = name
  while (Buffer.byteLength(short) > LONGEST_NAME) short = short.slice(0, -1)
  return short
}
