import { sql } from 'kysely'
import type { Db, Trx } from '../../db/store.ts'
import { isOpen } from './open-rejects.ts'

/** Lines on which consecutive records begin. */
export type LineRange = {
  from: number
  to: number
  records: number
  /** The first of them. */ record: number
}

/** Only the first records of a reason are looked at: a longer list tells no more. */
const MOST_RECORDS = 10_000
const MOST_RANGES = 6

/**
 * Where the open rejects of a reason lie: the first ranges of lines, and whether there are more.
 * @param begins how many records come before each file after the first: no range goes on there
 */
export async function lineRangesOf(
  db: Db | Trx,
  jobId: number,
  kind: number,
  begins: number[] = [],
): Promise<{ ranges: LineRange[]; more: boolean }> {
  const files = begins.map((before) => sql`case when record > ${before} then 1 else 0 end`)
  const file = sql.join([sql`0`, ...files], sql` + `)
  const { rows } = await sql<LineRange>`
    select min(line) as "from", max(line) as "to", count(*) as records, min(record) as record
    from (select record, line, record - row_number() over (order by record) as run, ${file} as file
          from (select distinct record, line from tallyman_reject as reject
                where job_id = ${jobId} and kind = ${kind} and ${isOpen(jobId)}
                order by record limit ${MOST_RECORDS}) as first) as numbered
    group by run, file order by min(record) limit ${MOST_RANGES + 1}`.execute(db)
  return { ranges: rows.slice(0, MOST_RANGES), more: rows.length > MOST_RANGES }
}
