import type { Db } from '../../db/store.ts'
import type { Job, ListedJob } from '../../domain/jobs/job.ts'
import { searchColumns } from '../ground/search-columns.ts'
import { listJobsByIds } from './listed-job.ts'

const MOST = 20
/** Among so many jobs of a label: what is looked at does not grow with the number of jobs. */
const LOOKED_AT = 60

/**
 * The last jobs up to this one, the oldest first, which ran under its label and with its type and
 * table. That they were asked for the very same is not sure: somebody may have changed a part.
 */
export async function lastRuns(db: Db, job: Job): Promise<ListedJob[]> {
  const rows = await db
    .selectFrom('tallyman_job')
    .select('id')
    .where('label_key', '=', searchColumns(job).label_key)
    .where('id', '<=', job.id)
    .orderBy('id', 'desc')
    .limit(LOOKED_AT)
    .execute()
  const jobs = await listJobsByIds(
    db,
    rows.map(({ id }) => id),
  )
  return jobs
    .filter((other) => other.started_at !== null && isLike(other, job))
    .slice(0, MOST)
    .toReversed()
}

const ALIKE = ['type', 'label', 'target_table', 'dry_run'] as const satisfies (keyof ListedJob)[]

function isLike(one: ListedJob, other: Job): boolean {
  return ALIKE.every((part) => one[part] === other[part])
}
