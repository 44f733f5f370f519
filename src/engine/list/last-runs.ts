import { isDeepStrictEqual } from 'node:util'
import type { Db } from '../../db/store.ts'
import type { JobRow } from '../../domain/jobs/job-row.ts'
import type { Job, JobKind, ListedJob } from '../../domain/jobs/job.ts'
import { pathsOf } from '../../domain/specification/stored-path.ts'
import { hasOwnTemplate } from '../../domain/templates/native-templates.ts'
import { keptTableOf } from '../jobs/kept-tables.ts'
import { jobKindIn } from '../ground/job-row.ts'
import { listJobsByIds } from './listed-job.ts'

const MAX_RUNS = 20
/** Jobs of the table that are compared at most on each side, so that the cost of a page is bounded. */
const MAX_COMPARED = 100

/**
 * The last runs (at most 20) of the job's template, or else of the same specification, oldest first
 * and this one among them. Paths are the same but for their numbers: nightly files carry their date.
 */
export async function lastRuns(db: Db, job: Job): Promise<ListedJob[]> {
  const isSame = hasOwnTemplate(job) ? () => true : comparedWith(db, job)
  const alike = hasOwnTemplate(job)
    ? ({ column: 'template', value: job.template } as const)
    : ({ column: 'target_table', value: await keptTableOf(db, job) } as const)
  const upTo = await runsOnSide(db, job, alike, 'upTo')
  const after = await runsOnSide(db, job, alike, 'after')
  const ids = [...upTo.toReversed(), ...after].filter(isSame).map(({ id }) => id)
  const here = ids.findLastIndex((id) => id <= job.id)
  const first = Math.max(0, Math.min(here, ids.length - MAX_RUNS))
  return await listJobsByIds(db, ids.slice(first, first + MAX_RUNS))
}

type Run = Pick<JobRow, 'id' | 'type' | 'specification'>
type CommonColumn = { column: 'template' | 'target_table'; value: string | null }

/** The nearest jobs of the same template or table that ran, this one among those up to it. */
async function runsOnSide(
  db: Db,
  job: Job,
  alike: CommonColumn,
  side: 'upTo' | 'after',
): Promise<Run[]> {
  const isUpTo = side === 'upTo'
  const rows = await db
    .selectFrom('tallyman_job')
    .select(['id', 'type', 'specification', 'started_at'])
    .where(alike.column, '=', alike.value)
    .where('id', isUpTo ? '<=' : '>', job.id)
    .orderBy('id', isUpTo ? 'desc' : 'asc')
    .limit(MAX_COMPARED)
    .execute()
  return rows.filter(({ started_at }) => started_at !== null)
}

/** Whether a row asks for the same; rows with the same text are parsed once. */
function comparedWith(db: Db, job: Job) {
  const asked = withoutNumbers(job)
  const known = new Map<string, boolean>()
  return (row: Run): boolean => {
    const stored: { path: string; morePaths?: string[] } = JSON.parse(row.specification)
    const [path, ...morePaths] = pathsOf(stored).map(foldNumbers)
    const text = JSON.stringify({ ...stored, type: row.type, path, morePaths })
    const same = known.get(text) ?? isDeepStrictEqual(withoutNumbers(jobKindIn(db, row)), asked)
    known.set(text, same)
    return same
  }
}

/** Type and specification, the path without its numbers and the place where it lies. */
function withoutNumbers({ type, specification }: JobKind): object {
  const [path, ...morePaths] = pathsOf(specification).map(foldNumbers)
  if (type === 'export') return { ...specification, type, path, place: null }
  const shown = specification.spooled ? '' : path
  return { ...specification, type, path: shown, morePaths, beneath: null, moreBeneath: [] }
}

function foldNumbers(text: string): string {
  return text.replaceAll(/\d+/g, '0')
}
