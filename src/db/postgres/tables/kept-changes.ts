import { sql } from 'kysely'
import type { KeptChanges, Writes } from '../../../domain/records/record.ts'
import type { Db, Trx } from '../../store.ts'
import { findTable } from '../ground/find-table.ts'

/** Bits of pg_trigger.tgtype. */
const EVENTS = { insert: 4, delete: 8, update: 16 }

/** The table with its partitions, and what an updatable view stands before. */
const WRITTEN = `
  with recursive written (id) as (
    select $1::oid
    union
    select next.id from written cross join lateral (
      select inhrelid from pg_inherits where inhparent = written.id
      union
      select d.refobjid from pg_rewrite as r
      join pg_depend as d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
      where r.ev_class = written.id and d.refclassid = 'pg_class'::regclass
        and pg_relation_is_updatable(written.id, false) <> 0) as next (id))`

/** What a rolled back import leaves: numbers that sequences gave, and whatever triggers did outside. */
export async function keptChanges(
  db: Db | Trx,
  { table, operation, key }: Writes,
): Promise<KeptChanges> {
  const found = await findTable(db, table.name)
  if (found === undefined) return { sequences: [], triggers: [] }
  const inserts = operation === 'insert' || operation === 'insert_or_update'
  const changes = operation === 'update' || (inserts && key.length > 0)
  const events =
    (inserts ? EVENTS.insert : 0) |
    (changes ? EVENTS.update : 0) |
    (operation === 'delete' ? EVENTS.delete : 0)
  const written = sql.raw(WRITTEN.replace('$1', String(found.id)))
  // Of serial columns and other defaults, those of domains included, and of identity columns.
  const { rows: sequences } = await sql<{ name: string }>`
    ${written}
    select distinct s.oid::regclass::text as name
    from written
    join pg_attribute as a on a.attrelid = written.id and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef as def on def.adrelid = a.attrelid and def.adnum = a.attnum
    join pg_depend as d on d.classid = 'pg_attrdef'::regclass and d.objid = def.oid
        and d.refclassid = 'pg_class'::regclass
      or d.classid = 'pg_type'::regclass and d.objid = a.atttypid
        and d.refclassid = 'pg_class'::regclass
      or d.classid = 'pg_class'::regclass and d.deptype = 'i' and d.refobjid = a.attrelid
        and d.refobjsubid = a.attnum
    join pg_class as s on s.relkind = 'S' and s.oid in (d.objid, d.refobjid)
    where ${inserts} order by name`.execute(db)
  const { rows: triggers } = await sql<{ name: string }>`
    ${written}
    select distinct t.tgname as name from written join pg_trigger as t on t.tgrelid = written.id
    where not t.tgisinternal and t.tgenabled in ('O', 'A') and t.tgtype & ${events} <> 0
    order by name`.execute(db)
  return {
    sequences: sequences.map(({ name }) => name),
    triggers: triggers.map(({ name }) => name),
  }
}
