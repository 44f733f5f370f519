import { sql } from 'kysely'
import type { Db, Trx } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { severalFilesOf } from '../../domain/records/source-files.ts'
import { isOpen } from './open-rejects.ts'

/** Lines on which consecutive records begin. */
export type LineRange = {
  from: number
  to: number
  records: number
  /** The first of them. */ record: number
}

/** The first ranges of lines, and whether there are more. */
export type LineRanges = { ranges: LineRange[]; more: boolean }

/** Only the first records of a reason are looked at: a longer list tells no more. */
const MOST_RECORDS = 10_000
const MOST_RANGES = 6

type WantedLines = { isOpen?: boolean; records?: number }

/**
 * Where the rejects of a reason lie. No range goes on in the next of several files.
 * @param wanted.isOpen only those that are neither repaired nor set aside
 * @param wanted.records how many of the first are looked at
 */
export async function lineRangesOf(
  db: Db | Trx,
  job: Pick<Job, 'id' | 'checkpoint'>,
  kind: number,
  { isOpen: isOpenOnly = false, records: most = MOST_RECORDS }: WantedLines = {},
): Promise<LineRanges> {
  const begins = severalFilesOf(job).flatMap(({ before }) => before ?? [])
  const files = begins.map((before) => sql`case when record > ${before} then 1 else 0 end`)
  const file = sql.join([sql`0`, ...files], sql` + `)
  const open = isOpenOnly ? sql`and ${isOpen(job.id)}` : sql``
  const rejects = sql`from tallyman_reject as reject
    where job_id = ${job.id} and kind = ${kind} ${open}`
  const { rows: ranges } = await sql<LineRange>`
    select min(line) as "from", max(line) as "to", count(*) as records, min(record) as record
    from (select record, line, record - row_number() over (order by record) as run, ${file} as file
          from (select distinct record, line ${rejects} order by record limit ${most}) as first) as numbered
    group by run, file order by min(record) limit ${MOST_RANGES}`.execute(db)
  const last = ranges.at(-1)
  if (last === undefined) return { ranges, more: false }
  const { rows: others } = await sql`
    select 1 ${rejects} and record >= ${last.record + last.records} limit 1`.execute(db)
  return { ranges, more: others.length > 0 }
}

/** Adds to kinds of rejects where these lie. */
export async function withLines<Kind extends { kind: number }>(
  db: Db | Trx,
  job: Pick<Job, 'id' | 'checkpoint'>,
  kinds: Kind[],
  wanted?: WantedLines,
): Promise<(Kind & { lines: LineRanges })[]> {
  const withThem: (Kind & { lines: LineRanges })[] = []
  for (const one of kinds) {
    withThem.push({ ...one, lines: await lineRangesOf(db, job, one.kind, wanted) })
  }
  return withThem
}
