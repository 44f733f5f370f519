import { sql } from 'kysely'
import type { RemovalTable } from '../../db/schema.ts'
import type { Trx } from '../../db/store.ts'
import { FAILURES } from '../../domain/words/failures.ts'
import type { MessageCode } from '../../domain/words/messages.ts'

/** Entries that the first batch of an import writes before its first row. */
export const BEGINNINGS = [
  'TLY-1013',
  'TLY-1014',
  'TLY-1015',
  'TLY-1016',
  'TLY-1022',
  'TLY-1028',
  'TLY-1100',
  'TLY-1101',
  'TLY-1102',
  'TLY-1103',
  'TLY-1120',
  'TLY-1121',
  'TLY-1124',
  'TLY-1125',
  'TLY-1126',
  'TLY-1127',
  'TLY-1128',
  'TLY-1129',
  'TLY-1130',
  'TLY-1133',
  'TLY-1145',
] as const satisfies MessageCode[]
const MOST_BEGINNINGS = 40

/** Entries that say that the table has no rows. */
export const EMPTY_TABLES = ['TLY-1015', 'TLY-1028'] as const satisfies MessageCode[]

/** The table that the job created was dropped again. */
export const TABLE_REMOVED = 'TLY-1042' satisfies MessageCode

/** Entries after which a run writes nothing more; a job that shuts down has one batch left. */
const ENDS = [
  'TLY-1006',
  'TLY-1007',
  'TLY-1008',
  'TLY-1010',
  ...Object.values(FAILURES),
] as const satisfies MessageCode[]

export type JobEntries = Pick<
  RemovalTable,
  'first_entry' | 'last_entry' | 'begin_entry' | 'end_entry' | 'empty_entry'
>

/**
 * The ids of a job's first, last, begin, end and empty-table entries; null where there is none. Ids
 * follow the order of commits, which no clock gives. A traced job has very many entries, so each is
 * searched from the nearer end.
 */
export async function entriesOf(trx: Trx, jobId: number): Promise<JobEntries> {
  const journal = sql`tallyman_journal where job_id = ${jobId}`
  const begin = sql`(select id from ${journal} and code in (${sql.join(BEGINNINGS)})
                     order by id limit 1)`
  const { rows } = await sql<JobEntries>`
    select (select min(id) from ${journal}) as first_entry,
           (select max(id) from ${journal}) as last_entry,
           ${begin} as begin_entry,
           (select id from ${journal} and code in (${sql.join(ENDS)})
            order by id desc limit 1) as end_entry,
           (select id from ${journal} and code in (${sql.join(EMPTY_TABLES)})
              and id between ${begin} and ${begin} + ${MOST_BEGINNINGS}
              and not exists (select 1 from ${journal} and code = ${TABLE_REMOVED})
            order by id limit 1) as empty_entry`.execute(trx)
  const [entries] = rows
  if (entries === undefined) throw new Error('a select without a table has one row')
  return entries
}
