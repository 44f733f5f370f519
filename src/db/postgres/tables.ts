import { sql } from 'kysely'
import type { Db, TableName, Trx } from '../store.ts'
import type { Affinity, ColumnInfo, ColumnType, TableInfo } from '../../domain/records/table.ts'

/** Tables, partitioned and foreign ones, and views of both kinds. */
const KINDS = sql`c.relkind in ('r', 'p', 'f', 'v', 'm')`
const isView = sql<boolean>`c.relkind in ('v', 'm')`

type ColumnRow = {
  name: string
  type: string
  declared: string
  nullable: boolean
  defaultSql: string | null
  maxLength: number | null
  generated: boolean
}
type IndexRow = { columns: string[]; isUnique: boolean; isPrimary: boolean }

/** Tallyman's own tables are not a user's. */
export async function listTables(db: Db | Trx, limit: number): Promise<TableName[]> {
  const { rows } = await sql<TableName>`
    select c.relname as name, ${isView} as "isView"
    from pg_class as c
    where c.relnamespace = to_regnamespace(current_schema()) and ${KINDS}
      and not c.relispartition and c.relname not like 'tallyman!_%' escape '!'
    order by lower(c.relname), c.relname limit ${limit}`.execute(db)
  return rows
}

/** By the exact name, in the schemas that the session looks into. */
export async function describeTable(db: Db | Trx, name: string): Promise<TableInfo | undefined> {
  const { rows } = await sql<TableName & { id: number }>`
    select c.oid as id, c.relname as name, ${isView} as "isView"
    from pg_class as c where c.oid = to_regclass(quote_ident(${name})) and ${KINDS}`.execute(db)
  const [table] = rows
  if (table === undefined) return undefined

  const [columns, indexes] = [await columnsOf(db, table.id), await indexesOf(db, table.id)]
  return {
    name: table.name,
    isView: table.isView,
    isOrdered: false,
    isVirtual: false,
    columns: columns.map(describeColumn),
    primaryKey: indexes.find(({ isPrimary }) => isPrimary)?.columns ?? [],
    unique: indexes.filter(({ isUnique }) => isUnique).map((index) => index.columns),
    indexes: indexes.map((index) => index.columns),
  }
}

export async function hasRows(db: Db | Trx, table: string): Promise<boolean> {
  return (await sql`select 1 from ${sql.id(table)} limit 1`.execute(db)).rows.length > 0
}

export async function countRows(db: Db | Trx, table: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ${sql.id(table)}`.execute(db)
  return rows[0]?.count ?? 0
}

async function columnsOf(db: Db | Trx, table: number): Promise<ColumnRow[]> {
  const { rows } = await sql<ColumnRow>`
    select a.attname as name, t.typname as type, format_type(a.atttypid, a.atttypmod) as declared,
           not a.attnotnull as nullable, pg_get_expr(d.adbin, d.adrelid) as "defaultSql",
           information_schema._pg_char_max_length(a.atttypid, a.atttypmod) as "maxLength",
           a.attgenerated <> '' or a.attidentity = 'a' as generated
    from pg_attribute as a
    join pg_type as t on t.oid = a.atttypid
    left join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = ${table} and a.attnum > 0 and not a.attisdropped
    order by a.attnum`.execute(db)
  return rows
}

/** What finds rows, the primary key first; not an index that is partial or over an expression. */
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

function describeColumn({ type: typeName, ...column }: ColumnRow): ColumnInfo {
  const type = TYPES[typeName] ?? 'any'
  return { ...column, type, affinity: affinityOf(typeName, type) }
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
  bool: 'boolean',
  date: 'date',
  timestamp: 'datetime',
  timestamptz: 'datetime',
  bytea: 'blob',
}

function affinityOf(typeName: string, type: ColumnType): Affinity {
  if (type === 'integer' || type === 'blob') return type
  if (type === 'number') return typeName === 'numeric' ? 'numeric' : 'real'
  return 'text'
}
