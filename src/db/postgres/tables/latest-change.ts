import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { LatestChange, WantedChanges } from '../../../domain/records/change-window.ts'
import type { ColumnInfo } from '../../../domain/records/table.ts'
import type { Db, Trx } from '../../store.ts'
import { quoteName } from '../ground/names.ts'
import { whereSql } from '../ground/where-sql.ts'
import { describeTable } from './describe.ts'
import { sqlNameOf } from '../ground/find-table.ts'

/** Milliseconds that transactions which are under way get to end. */
const MOST_WAIT = 10_000
const BETWEEN_LOOKS = 50

/**
 * Of times and days, the greatest that no transaction can still come before: `now()` is when a
 * transaction began, and others see its rows only once it has ended. So only times count from before
 * the oldest transaction that is open. Of all other values nobody knows when a transaction took
 * them: those that write now are waited for.
 */
export async function latestChange(
  db: Db | Trx,
  table: string,
  { field, filter }: WantedChanges,
  mostWait = MOST_WAIT,
): Promise<LatestChange> {
  const column = (await describeTable(db, table))?.columns.find(({ name }) => name === field)
  const from = await sqlNameOf(db, table)
  const where = whereSql(filter) ?? 'true'
  const isTime = column?.type === 'datetime' || column?.type === 'date'
  // Each by itself, so that an index of the field serves.
  const latest = sql`select max(${sql.raw(quoteName(field))}) from ${sql.raw(from)} where ${sql.raw(where)}`
  const { rows } = await sql<FoundChange>`
    with tallyman_open as materialized (${OPEN_TRANSACTIONS})
    select (${latest})::text as latest,
           (${isTime ? sql`${latest} and ${settled(field, column.type)}` : latest})::text as settled,
           (select hidden from tallyman_open) as hidden`.execute(db)
  const { latest: all, settled: known, hidden } = rows[0] ?? NOTHING
  const upTo = isTime || (await areOver(db, await writersOf(db), mostWait)) ? known : null
  return {
    upTo: upTo === null ? null : { type: typeOf(column), text: upTo },
    isHeldBack: upTo !== all,
    isBlind: isTime && hidden > 0,
  }
}

/** A day is taken once more by the next run, so that it may be today. */
function settled(field: string, type: ColumnInfo['type']) {
  const name = sql.raw(quoteName(field))
  return type === 'date'
    ? sql`${name} <= least((select since from tallyman_open), now())::date`
    : sql`${name} < (select since from tallyman_open) and ${name} <= now()`
}

/** Transactions that write now; everybody may see their locks, whoever began them. */
async function writersOf(db: Db | Trx, among?: string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct virtualtransaction as id from pg_locks
    where locktype = 'relation' and mode = 'RowExclusiveLock' and granted
      and database = (select oid from pg_database where datname = current_database())
      and pid is distinct from pg_backend_pid()
      ${among === undefined ? sql`` : sql`and virtualtransaction in (${sql.join(among)})`}`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

/** Waits for transactions; false where some of them take too long. */
async function areOver(db: Db | Trx, writers: string[], mostWait: number): Promise<boolean> {
  const end = performance.now() + mostWait
  let left = writers
  while (left.length > 0 && performance.now() < end) {
    await pause(BETWEEN_LOOKS)
    left = await writersOf(db, left)
  }
  return left.length === 0
}

type FoundChange = { latest: string | null; settled: string | null; hidden: number }

const NOTHING: FoundChange = { latest: null, settled: null, hidden: 0 }

/** When the oldest began; and how many sessions of other roles do not show when theirs did. */
const OPEN_TRANSACTIONS = sql`
  select coalesce(min(began), 'infinity') as since, coalesce(sum(is_hidden), 0)::int as hidden
  from (
    select xact_start as began, (query = '<insufficient privilege>' and pid in
      (select pid from pg_locks where locktype = 'virtualxid'))::int as is_hidden
    from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
      and backend_type is distinct from 'autovacuum worker'
    union all
    select prepared, 0 from pg_prepared_xacts where database = current_database()
  ) as sessions`

function typeOf(column: ColumnInfo | undefined): 'integer' | 'number' | 'text' {
  return column?.type === 'integer' || column?.type === 'number' ? column.type : 'text'
}
