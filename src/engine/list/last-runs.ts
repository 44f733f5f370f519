import { isDeepStrictEqual } from 'node:util'
import type { Db } from '../../db/store.ts'
import type { Job, JobKind, ListedJob } from '../../domain/jobs/job.ts'
import { kindOf } from '../ground/job-row.ts'
import { listJobsByIds } from './listed-job.ts'

const MAX_RUNS = 20
/** Jobs of the table that are compared at most, so that the cost of a page is bounded. */
const MAX_COMPARED = 100

/**
 * The last runs (at most 20) of the same specification up to this one, oldest first. The file name
 * may differ: nightly files carry their date.
 */
export async function lastRuns(db: Db, job: Job): Promise<ListedJob[]> {
  const rows = await db
    .selectFrom('tallyman_job')
    .select(['id', 'type', 'specification', 'started_at'])
    .where('target_table', '=', job.target_table)
    .where('id', '<=', job.id)
    .orderBy('id', 'desc')
    .limit(MAX_COMPARED)
    .execute()
  const isSame = comparedWith(job)
  const ids = rows.filter((row) => row.started_at !== null && isSame(row)).map(({ id }) => id)
  return (await listJobsByIds(db, ids.slice(0, MAX_RUNS))).toReversed()
}

/** Whether a row asks for the same; rows whose texts differ in the file alone are parsed once. */
function comparedWith(job: Job) {
  const asked = withoutFile(job)
  const known = new Map<string, boolean>()
  return (row: Parameters<typeof kindOf>[0]): boolean => {
    const stored: object = JSON.parse(row.specification)
    const text = JSON.stringify({ ...stored, type: row.type, path: '', beneath: '', place: '' })
    const same = known.get(text) ?? isDeepStrictEqual(withoutFile(kindOf(row)), asked)
    known.set(text, same)
    return same
  }
}

/** The job's specification and type, without the location of its file. */
function withoutFile({ type, specification }: JobKind): object {
  return type === 'import'
    ? { ...specification, type, path: '', beneath: null }
    : { ...specification, type, path: '', place: null }
}
