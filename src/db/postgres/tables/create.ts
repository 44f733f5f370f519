import { sql } from 'kysely'
import type { MadeType } from '../../../domain/records/table.ts'
import { UnusableError } from '../../../domain/words/errors.ts'
import type { Db, NewTable, Trx } from '../../store.ts'
import { homeOf } from '../ground/home.ts'
import { meaningsOf, quoteName, type NameMeaning } from '../ground/names.ts'
import { serverError } from '../ground/sql-state.ts'
import { ambiguous, findSchemas, sqlNameOf } from '../ground/find-table.ts'
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
  for (const { name } of table.columns) requireShort(name)
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

/**
 * Where a table of that name is made, in SQL: in the schema that it names, else in the user's own.
 * @throws UnusableError where there is none, or the user may not make tables in it
 */
export async function placeOf(db: Db | Trx, name: string): Promise<string> {
  const [{ schema, table } = NOTHING] = meaningsOf(name)
  requireShort(table.text)
  const place = quoteName(table.text)
  if (schema !== undefined) {
    const places = (await findSchemas(db, schema)).map((found) => quoteName(found.name))
    if (places.length > 1) {
      const meant = places.map((one) => `${one}.${place}`)
      throw ambiguous(name, meant)
    }
    const [only] = places
    if (only === undefined) {
      throw new UnusableError({ problem: 'no_schema', schema: schema.text, table: name })
    }
    await requireCreate(db, name, only)
    return `${only}.${place}`
  }
  const home = await homeOf(db)
  if (home === undefined) throw new UnusableError({ problem: 'no_schema_of_own', table: name })
  const own = quoteName(home)
  await requireCreate(db, name, own)
  return `${own}.${place}`
}

/** Two names that the server cuts can be one. @throws UnusableError */
function requireShort(name: string): void {
  const length = Buffer.byteLength(name)
  if (length <= LONGEST_NAME) return
  throw new UnusableError({ problem: 'name_too_long', name, length, limit: LONGEST_NAME })
}

const NOTHING: NameMeaning = { schema: undefined, table: { text: '', isExact: true } }

/** @throws UnusableError where the user may not make tables in a schema that is there */
async function requireCreate(db: Db | Trx, table: string, schema: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select nspname as name from pg_namespace
    where oid = to_regnamespace(${schema}) and not has_schema_privilege(oid, 'CREATE')`.execute(db)
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
