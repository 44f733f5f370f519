import { sql } from 'kysely'
import { JobFailure } from '../../../domain/words/failures.ts'
import type { WritePlan } from '../../../domain/records/record.ts'
import type { Trx } from '../../store.ts'
import { findTable } from '../ground/find-table.ts'
import { readColumns, type CatalogColumn } from '../tables/read-columns.ts'
import { requireRightsOf } from './operations.ts'

export type Constraint = {
  name: string
  /** Its name in SQL, with the schema. */
  sql: string
  kind: 'c' | 'f' | 'p' | 'u' | 'x' | 't'
  /** Whether it belongs to the table; else it is another table's foreign key to it. */
  isOwn: boolean
  columns: string[]
  /** Referenced columns of a foreign key to this table, or of the table to itself. */
  referred: string[]
  isDeferrable: boolean
  isDeferred: boolean
  /** The condition of a CHECK. */
  expression: string | null
}

/** What writes need to know about a table. */
export type TableShape = {
  id: number
  /** Its name in SQL. */
  sql: string
  name: string
  all: CatalogColumn[]
  /** The columns of the plan's fields, in their order. */
  fields: CatalogColumn[]
  constraints: Constraint[]
  /** Columns of unique indexes that refuse an equal row at once. */
  uniqueKeys: string[][]
  /** Whether a default, such as the next number of a sequence, depends on the order of records. */
  hasSequence: boolean
  /** Whether user triggers, also of a partition, may change, swallow or add rows. */
  hasTriggers: boolean
  /** Whether rules may rewrite statements, so that they write elsewhere, more or nothing. */
  hasRules: boolean
  /** Whether no rule rewrites statements and no policy hides rows. */
  isPlain: boolean
  isPartitioned: boolean
  /** Its rows have no places, and what becomes of them the table behind it decides. */
  isView: boolean
  /** Whether records may be compared and taken from a temporary table. */
  mayStage: boolean
  /** Whether the user may lock rows, which takes the right to update some column. */
  mayLock: boolean
}

/** The current shape: it can't change once the transaction has written to the table. */
export async function readShape(trx: Trx, plan: WritePlan): Promise<TableShape> {
  const { table, fields } = plan
  const found = await findTable(trx, table.name)
  if (found === undefined) throw new JobFailure('target_missing', { table: table.name })
  const own = await readColumns(trx, found.id)
  // The table behind it may have a default for what is left out.
  const all = found.kind === 'v' ? own.map((one) => ({ ...one, defaultSql: 'default' })) : own
  const filled = fields.map((name) => columnNamed(all, name, table.name))
  // The server knows no right to a column that is gone.
  await requireRightsOf(trx, plan, found.id)
  const constraints = await constraintsOf(trx, found.id)
  const { rows } = await sql<{
    hasTriggers: boolean
    hasRules: boolean
    mayStage: boolean
    mayLock: boolean
  }>`
    select exists (select from pg_rewrite where ev_class = ${found.id} and ev_type <> '1')
             as "hasRules",
           exists (select from pg_trigger
                   where not tgisinternal and tgenabled in ('O', 'A')
                     and (tgrelid = ${found.id}
                          or tgrelid in (select relid from pg_partition_tree(${found.id}::regclass))))
             as "hasTriggers",
           has_database_privilege(current_database(), 'TEMPORARY') as "mayStage",
           has_any_column_privilege(${found.id}::oid, 'UPDATE') as "mayLock"`.execute(trx)
  const isView = found.kind === 'v'
  const hasTriggers = isView || rows[0]?.hasTriggers === true || constraints.some(actsOnItself)
  const hasRules = rows[0]?.hasRules === true
  const isPlain = !hasRules && !found.hidesRows && !isView
  return {
    id: found.id,
    sql: found.sql,
    name: table.name,
    all,
    fields: filled,
    constraints,
    hasSequence: isView || all.some(({ defaultSql }) => /^identity$|\(/.test(defaultSql ?? '')),
    uniqueKeys: await uniqueKeysOf(trx, found.id),
    hasTriggers,
    hasRules,
    isPlain,
    isPartitioned: found.kind === 'p',
    isView,
    mayStage: rows[0]?.mayStage === true && isPlain && !hasTriggers,
    mayLock: rows[0]?.mayLock === true && !isView,
  }
}

function columnNamed(all: CatalogColumn[], name: string, table: string): CatalogColumn {
  const column = all.find((one) => one.name === name)
  if (column !== undefined) return column
  const now = all.map((one) => one.name).join(', ')
  throw new JobFailure('target_changed', { table, before: name, now })
}

/** Whether it is a foreign key to the table itself with an action other than to refuse. */
function actsOnItself({ kind, isOwn, referred, expression }: Constraint): boolean {
  return (
    kind === 'f' &&
    isOwn &&
    referred.length > 0 &&
    /\bON (?:DELETE|UPDATE)\b/.test(expression ?? '')
  )
}

async function constraintsOf(trx: Trx, table: number): Promise<Constraint[]> {
  const names = (numbers: string, of: string) =>
    sql.raw(`
    coalesce((select json_agg(a.attname order by k.place)
      from unnest(${numbers}) with ordinality as k (number, place)
      join pg_attribute as a on a.attrelid = ${of} and a.attnum = k.number), '[]')`)
  const parts = sql`select relid::oid from pg_partition_tree(${table}::regclass) where relid <> ${table}`
  const { rows } = await sql<
    Omit<Constraint, 'columns' | 'referred'> & Record<'columns' | 'referred', string>
  >`
    select c.conname as name, quote_ident(n.nspname) || '.' || quote_ident(c.conname) as sql,
           c.contype as kind, c.conrelid = ${table} as "isOwn",
           case when c.conrelid = ${table} then ${names('c.conkey', 'c.conrelid')} else '[]' end as columns,
           case when c.confrelid = ${table} then ${names('c.confkey', 'c.confrelid')} else '[]' end as referred,
           c.condeferrable as "isDeferrable", c.condeferred as "isDeferred",
           pg_get_constraintdef(c.oid) as expression
    from pg_constraint as c join pg_namespace as n on n.oid = c.connamespace
    where ${table}::oid in (c.conrelid, c.confrelid)
    union all
    -- Of its partitions, what they do not have from the table.
    select c.conname, quote_ident(n.nspname) || '.' || quote_ident(c.conname), c.contype, true,
           ${names('c.conkey', 'c.conrelid')}, '[]', c.condeferrable, c.condeferred,
           pg_get_constraintdef(c.oid)
    from pg_constraint as c join pg_namespace as n on n.oid = c.connamespace
    where c.conrelid in (${parts}) and c.conparentid = 0 and c.coninhcount = 0
      and c.contype in ('c', 'f', 'p', 'u', 'x')
    union all
    select i.relname, quote_ident(i.relname), 'u', true, ${names('x.indkey', 'x.indrelid')}, '[]',
           false, false, null
    from pg_index as x join pg_class as i on i.oid = x.indexrelid
    where x.indisunique and x.indrelid in (select ${table}::oid union ${parts})
      and (x.indrelid = ${table} or not exists (select from pg_inherits where inhrelid = x.indexrelid))
      and not exists (select from pg_constraint where conindid = x.indexrelid)`.execute(trx)
  return rows.map((row) => ({
    ...row,
    columns: JSON.parse(row.columns),
    referred: JSON.parse(row.referred),
  }))
}

/**
 * Without partial indexes, those that compare texts otherwise than `=` does, and those of a table with
 * heirs, whose rows are no rows of its indexes.
 */
async function uniqueKeysOf(trx: Trx, table: number): Promise<string[][]> {
  const { rows } = await sql<{ columns: string }>`
    select json_agg(a.attname order by k.place) as columns
    from pg_index as x
    cross join unnest(x.indkey) with ordinality as k (number, place)
    join pg_attribute as a on a.attrelid = x.indrelid and a.attnum = k.number
    where x.indrelid = ${table} and x.indisunique and x.indimmediate and x.indisvalid
      and x.indpred is null and x.indexprs is null and k.place <= x.indnkeyatts
      and not exists (select from pg_inherits as i join pg_class as c on c.oid = i.inhparent
                      where c.oid = x.indrelid and c.relkind <> 'p')
    group by x.indexrelid
    having bool_and(a.attcollation = x.indcollation[k.place - 1])`.execute(trx)
  return rows.map(({ columns }) => JSON.parse(columns))
}
