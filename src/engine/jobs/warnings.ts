import { sql } from 'kysely'
import type { Db, Trx } from '../../db/store.ts'
import type { JournalEntry } from '../../domain/jobs/journal.ts'
import { WARNINGS } from '../../domain/words/warnings.ts'
import { toEntry } from '../ground/journal.ts'

const SHOWN = 10

/** The first warnings of a job's journal, and how many there are in all. */
export type Warnings = { entries: JournalEntry[]; count: number }

export const NO_WARNINGS: Warnings = { entries: [], count: 0 }

/** For each of these jobs with warnings, the first `limit` of them, oldest first. */
export async function warningsOfJobs(
  db: Db | Trx,
  jobIds: number[],
  { limit }: { limit: number },
): Promise<Map<number, Warnings>> {
  if (jobIds.length === 0) return new Map()
  const numbered = db
    .selectFrom('tallyman_journal')
    .selectAll()
    .select(sql<number>`row_number() over (partition by job_id order by id)`.as('place'))
    .select(sql<number>`count(*) over (partition by job_id)`.as('count'))
    .where('level', '=', 'warning')
    .where('code', 'in', WARNINGS)
    .where('job_id', 'in', jobIds)
  const rows = await db
    .selectFrom(numbered.as('numbered'))
    .selectAll()
    .where('place', '<=', limit)
    .orderBy('id')
    .execute()
  const byJob = Map.groupBy(rows, (row) => row.job_id)
  return new Map(
    [...byJob].map(([id, found]) => [
      id,
      {
        entries: found.map(toEntry),
        count: Number(found[0]?.count ?? 0),
      },
    ]),
  )
}

/** The first warnings (at most 10) of a job; the others are in the journal. */
export async function jobWarnings(db: Db | Trx, jobId: number): Promise<Warnings> {
  return (await warningsOfJobs(db, [jobId], { limit: SHOWN })).get(jobId) ?? NO_WARNINGS
}
