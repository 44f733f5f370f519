import { sql } from 'kysely'
import type {
  Conversion,
  ColumnInfo,
  ColumnType,
  RowAct,
  TableInfo,
} from '../../../domain/records/table.ts'
import type { Db, TableName, Trx } from '../../store.ts'
import { MADE_TYPES, TYPE_NAMES } from './create.ts'
import { findTable, KINDS, NAME } from '../ground/find-table.ts'
import { WHOLE } from './whole-numbers.ts'
import { readColumns, type CatalogColumn } from './read-columns.ts'

const VIEWS = ['v', 'm']

type IndexRow = { columns: string[]; isUnique: boolean; isPrimary: boolean }

/** Tables and views of all schemas that the user may read at all, without Tallyman's own. */
export async function listTables(db: Db | Trx, limit: number): Promise<TableName[]> {
  const { rows } = await sql<TableName>`
    select ${NAME} as name, c.relkind in ('v', 'm') as "isView"
    from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
    where n.nspname <> 'information_schema' and n.nspname not like 'pg!_%' escape '!' and ${KINDS}
      and has_schema_privilege(n.oid, 'USAGE') and has_any_column_privilege(c.oid, 'SELECT')
      and not c.relispartition and c.relname not like 'tallyman!_%' escape '!'
    order by not pg_table_is_visible(c.oid), lower(n.nspname), lower(c.relname), c.relname
    limit ${limit}`.execute(db)
  return rows
}

export async function describeTable(db: Db | Trx, name: string): Promise<TableInfo | undefined> {
  const table = await findTable(db, name)
  if (table === undefined) return undefined

  const [columns, indexes] = [await readColumns(db, table.id), await indexesOf(db, table.id)]
  const primaryKey = indexes.find(({ isPrimary }) => isPrimary)?.columns ?? []
  return {
    name: table.name,
    isView: VIEWS.includes(table.kind),
    viewTakes: VIEWS.includes(table.kind) ? await viewTakes(db, table.id) : undefined,
    hidesRows: table.hidesRows,
    // Without a primary key, no column gives a position to resume from.
    isOrdered: primaryKey.length === 0,
    isVirtual: false,
    columns: columns.map(describeColumn),
    primaryKey,
    unique: indexes.filter(({ isUnique }) => isUnique).map((index) => index.columns),
    indexes: indexes.map((index) => index.columns),
  }
}

/** By itself, or by triggers INSTEAD OF: one bit for each kind of statement. */
async function viewTakes(db: Db | Trx, view: number): Promise<RowAct[]> {
  const { rows } = await sql<{ act: RowAct }>`
    select act from (values ('UPDATE', 4), ('INSERT', 8), ('DELETE', 16)) as bits (act, bit)
    where pg_relation_is_updatable(${view}::oid, true) & bit <> 0`.execute(db)
  return rows.map(({ act }) => act)
}

/** Indexes that can find rows, the primary key first; no partial indexes or expression indexes. */
async function indexesOf(db: Db | Trx, table: number): Promise<IndexRow[]> {
  const { rows } = await sql<Omit<IndexRow, 'columns'> & { columns: string }>`
    select i.indisunique as "isUnique", i.indisprimary as "isPrimary",
           (select json_agg(a.attname order by k.place)
            from unnest(i.indkey) with ordinality as k (number, place)
            join pg_attribute as a on a.attrelid = i.indrelid and a.attnum = k.number
            where k.place <= i.indnkeyatts) as columns
    from pg_index as i
    where i.indrelid = ${table} and i.indisvalid and i.indpred is null and i.indexprs is null
    order by i.indisprimary desc, i.indexrelid`.execute(db)
  return rows.map((row) => ({ ...row, columns: JSON.parse(row.columns) }))
}

function describeColumn(column: CatalogColumn): ColumnInfo {
  const { name, declared, nullable, defaultSql, maxLength, generated } = column
  const type = TYPES[column.type] ?? 'any'
  const conversion = conversionOf(column.type, type)
  const common = { name, type, conversion, declared, nullable, defaultSql, maxLength, generated }
  return {
    ...common,
    specialValues: SPECIAL_VALUES[column.type],
    range: rangeOf(column.type),
    made: MADE.get(declared),
  }
}

function rangeOf(type: string): ColumnInfo['range'] {
  const range = WHOLE[type]
  return range && { least: String(range.least), most: String(range.most) }
}

const MADE = new Map(MADE_TYPES.map((type) => [TYPE_NAMES[type], type]))

const NO_FINITE_NUMBER = /^(?:NaN|-?Infinity)$/
/**
 * As the server writes what no date of four digits is: years with more of them, before Christ, or in a
 * zone with seconds. The others are checked as dates, so that the 30th of February is none.
 */
const MONTH_DAY = String.raw`-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`
const CLOCK = String.raw` \d\d:\d\d:\d\d(?:\.\d+)?`
const ZONE = String.raw`(?:[+-]\d\d(?::\d\d){0,2})?`
const FAR_DATE = new RegExp(`^(?:-?infinity|\\d{5,7}${MONTH_DAY}(?: BC)?|\\d{4}${MONTH_DAY} BC)$`)
const FAR_TIME = new RegExp(
  `^(?:-?infinity|\\d{5,6}${MONTH_DAY}${CLOCK}${ZONE}(?: BC)?|\\d{4}${MONTH_DAY}${CLOCK}(?:${ZONE} BC|[+-]\\d\\d:\\d\\d:\\d\\d))$`,
)

const SPECIAL_VALUES: Record<string, RegExp> = {
  numeric: NO_FINITE_NUMBER,
  float4: NO_FINITE_NUMBER,
  float8: NO_FINITE_NUMBER,
  date: FAR_DATE,
  timestamp: FAR_TIME,
  timestamptz: FAR_TIME,
}

const TYPES: Record<string, ColumnType> = {
  int2: 'integer',
  int4: 'integer',
  int8: 'integer',
  numeric: 'number',
  float4: 'number',
  float8: 'number',
  text: 'text',
  varchar: 'text',
  bpchar: 'text',
  citext: 'text',
  name: 'text',
  bool: 'boolean',
  date: 'date',
  timestamp: 'datetime',
  timestamptz: 'datetime',
  bytea: 'blob',
}

function conversionOf(typeName: string, type: ColumnType): Conversion {
  if (type === 'integer' || type === 'blob') return type
  if (type === 'number') return typeName === 'numeric' ? 'decimal' : 'real'
  return 'text'
}
