import { sql } from 'kysely'
import type { Db, Trx } from '../../store.ts'

/** A column as in the catalogs; a domain is resolved to its base type. */
export type CatalogColumn = {
  name: string
  /** The declared type, as in `numeric(10,2)`, or the domain's name. */
  declared: string
  /** The base type: its own name, and its SQL name, without length or precision. */
  type: string
  sqlType: string
  /** The base type as declared, with length and precision. */
  sqlDeclared: string
  nullable: boolean
  defaultSql: string | null
  maxLength: number | null
  precision: number | null
  /** Decimals of a number, or of the seconds of a time; null where the type sets the limit. */
  scale: number | null
  generated: boolean
  /** The values of an enum. */
  labels: string[] | null
  isDomain: boolean
}

/**
 * Decimals of a numeric, where -2 means hundreds: 11 bits with a sign; those of the session's
 * currency, or of a second. The same for each element of an array.
 */
const SCALE = sql`case
  when plain.name in ('money', '_money') then scale('1'::money::numeric)
  when plain.modifier = -1 then null
  when plain.name in ('numeric', '_numeric') then (((plain.modifier - 4) & 2047) # 1024) - 1024
  when plain.name in ('time', 'timetz', 'timestamp', 'timestamptz',
    '_time', '_timetz', '_timestamp', '_timestamptz') then plain.modifier
  when plain.name in ('interval', '_interval') then nullif(plain.modifier & 65535, 65535) end`

/** The type by which values are judged: an array of a domain is one of what the domain is made of. */
const PLAIN = sql`
  with recursive element (type, modifier) as (
    select t.typelem, -1
    union all
    select of_domain.typbasetype, greatest(element.modifier, of_domain.typtypmod)
    from element join pg_type as of_domain on of_domain.oid = element.type
    where of_domain.typtype = 'd'),
  last as (
    select array_of.oid as type, array_of.typname as name, element.modifier
    from element join pg_type as one on one.oid = element.type
    join pg_type as array_of on array_of.oid = one.typarray
    where one.typtype <> 'd' and element.type <> t.typelem and t.typcategory = 'A')
  select type, name, modifier from last
  union all
  select t.oid, t.typname, base.modifier where not exists (select from last)`

/** A view whose trigger takes what is inserted, also for columns that the view computes. */
const HAS_OWN_INSERT = sql`exists (
  select from pg_trigger where tgrelid = a.attrelid and tgtype & 64 <> 0 and tgtype & 4 <> 0)`

type ColumnRow = Omit<CatalogColumn, 'labels'> & { labels: string | null }

export async function readColumns(db: Db | Trx, table: number): Promise<CatalogColumn[]> {
  const { rows } = await sql<ColumnRow>`
    select a.attname as name, format_type(a.atttypid, a.atttypmod) as declared, plain.name as type,
           quote_ident(n.nspname) || '.' || quote_ident(t.typname) as "sqlType",
           format_type(plain.type, plain.modifier) as "sqlDeclared",
           not a.attnotnull and not base.isnotnull as nullable,
           case when a.attidentity = 'd' then 'identity' when a.attgenerated <> '' then null
                else coalesce(pg_get_expr(d.adbin, d.adrelid), base.defaultsql) end as "defaultSql",
           information_schema._pg_char_max_length(base.type, base.modifier) as "maxLength",
           case when plain.name in ('numeric', '_numeric') and plain.modifier <> -1
             then (plain.modifier - 4) >> 16 end as precision,
           ${SCALE} as scale,
           a.attgenerated <> '' or a.attidentity = 'a'
             or (pg_relation_is_updatable(a.attrelid, true) & 4 <> 0
                 and not pg_column_is_updatable(a.attrelid, a.attnum, true)
                 and not ${HAS_OWN_INSERT}) as generated,
           (select json_agg(enumlabel order by enumsortorder)
            from pg_enum where enumtypid = t.oid) as labels,
           own.typtype = 'd' as "isDomain"
    from pg_attribute as a
    join pg_type as own on own.oid = a.atttypid
    cross join lateral (
      with recursive made_of (type, modifier, isnotnull, defaultsql) as (
        select own.oid, a.atttypmod, own.typnotnull, own.typdefault
        union all
        select of_domain.typbasetype, greatest(made_of.modifier, of_domain.typtypmod),
               made_of.isnotnull or of_domain.typnotnull,
               coalesce(made_of.defaultsql, of_domain.typdefault)
        from made_of join pg_type as of_domain on of_domain.oid = made_of.type
        where of_domain.typtype = 'd')
      select made_of.* from made_of join pg_type as last on last.oid = made_of.type
      where last.typtype <> 'd') as base
    join pg_type as t on t.oid = base.type
    join pg_namespace as n on n.oid = t.typnamespace
    cross join lateral (${PLAIN}) as plain
    left join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = ${table} and a.attnum > 0 and not a.attisdropped
    order by a.attnum`.execute(db)
  return rows.map(({ labels, ...row }) => ({
    ...row,
    labels: labels === null ? null : JSON.parse(labels),
  }))
}
