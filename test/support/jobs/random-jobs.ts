import fc from 'fast-check'
import type { Db } from '../../../src/db/store.ts'
import { durationOf, type ListedJob } from '../../../src/domain/jobs/job.ts'
import type { JobFilter, JobSort } from '../../../src/domain/jobs/job-list.ts'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { isHeld, isOver, JOB_STATUSES, JOB_TYPES } from '../../../src/domain/states/status.ts'
import { searchColumns } from '../../../src/engine/ground/search-columns.ts'
import { after, NOON, OPERATOR } from './a-job.ts'

const LABELS = ['People', 'people', 'Peóple 100%', 'Ñandú_7', 'a\\b', 'Zoë 12', '12', 'x']
const TEMPLATES = ['1', 'excel-import']
const TABLES = ['person', 'Empresa', 'order_line']

const time = fc.integer({ min: 0, max: 20 }).map((n) => after(n * 3_600).toISOString())
const count = fc.integer({ min: 0, max: 3 })

/** A job with few different values, so that there are many of each. */
const randomJob = fc
  .record({
    type: fc.constantFrom(...JOB_TYPES),
    status: fc.constantFrom(...JOB_STATUSES),
    label: fc.constantFrom(...LABELS),
    description: fc.constantFrom('', 'Every night', 'ÉVERY "quote"'),
    file_name: fc.constantFrom('people.csv', 'x%y.csv'),
    target_table: fc.constantFrom(...TABLES),
    template: fc.constantFrom(null, ...TEMPLATES),
    created_at: time,
    started_at: fc.option(time),
    ended_at: time,
    running_since: time,
    duration_ms: count.map((n) => n * 3_600_000),
    processed: count,
    rejects: count,
  })
  .map((job) => ({
    ...job,
    ended_at: isOver(job.status) ? job.ended_at : null,
    running_since: isHeld(job.status) ? job.running_since : null,
  }))
type RandomJob = typeof randomJob extends fc.Arbitrary<infer Each> ? Each : never

export const templateAlone = fc.record({ template: fc.constantFrom(...TEMPLATES, '2') })

export const randomFilter = fc.record({
  status: fc.option(fc.constantFrom(...JOB_STATUSES), { nil: undefined }),
  type: fc.option(fc.constantFrom(...JOB_TYPES), { nil: undefined }),
  among: fc.option(fc.subarray([...JOB_STATUSES], { minLength: 1 }), { nil: undefined, freq: 1 }),
  template: fc.option(fc.constantFrom(...TEMPLATES, '2'), { nil: undefined, freq: 1 }),
  withRejects: fc.constantFrom(undefined, true),
  text: fc.option(
    fc.constantFrom('peo', 'PEÓP', ' ñandu', '%', '_', '\\', 'x', '12', 'rs', 'every "q', 'none'),
    { nil: undefined },
  ),
  from: fc.option(fc.constantFrom(NOON, after(5 * 3_600)), { nil: undefined }),
  to: fc.option(fc.constantFrom(after(5 * 3_600), after(12 * 3_600)), { nil: undefined }),
}) satisfies fc.Arbitrary<JobFilter>

/** Stores jobs that are as different as `seed` makes them, and answers what was stored. */
export async function storeRandomJobs(
  db: Db,
  amount: number,
  seed: number,
): Promise<(RandomJob & { id: number })[]> {
  const jobs = fc.sample(randomJob, { numRuns: amount, seed })
  const specification = parseImportSpecification({ path: '/data/people.csv', table: 'person' })
  const rows = jobs.map((job, index) => ({
    ...job,
    ...searchColumns(job),
    specification: JSON.stringify(specification),
    created_by: OPERATOR,
    dated_at: job.started_at ?? job.created_at,
    claim: isHeld(job.status) ? `claim ${index}` : null,
  }))
  const stored = await db.insertInto('tallyman_job').values(rows).returning('id').execute()
  return jobs.flatMap((job, index) => {
    const id = stored[index]?.id
    return id === undefined ? [] : [{ ...job, id }]
  })
}

type Stored = Awaited<ReturnType<typeof storeRandomJobs>>[number]

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** The ids that a list shows, found by looking at every job. */
export function modelOfList(
  jobs: Stored[],
  filter: JobFilter,
  { sort, direction, now }: { sort: JobSort; direction: 'asc' | 'desc'; now: Date },
): number[] {
  const valueOf: Record<JobSort, (job: Stored) => string | number> = {
    id: ({ id }) => id,
    status: ({ status }) => JOB_STATUSES.indexOf(status),
    label: ({ label }) => plain(label),
    started_at: ({ started_at, created_at }) => started_at ?? created_at,
    ended_at: ({ ended_at }) => ended_at ?? '~',
    type: ({ type }) => JOB_TYPES.indexOf(type),
    duration: (job) => durationOf(job, now),
    processed: ({ processed }) => processed,
    rejects: ({ rejects }) => rejects,
  }
  const compare = (a: Stored, b: Stored) => {
    const [left, right] = [valueOf[sort](a), valueOf[sort](b)]
    return left === right ? a.id - b.id : left < right ? -1 : 1
  }
  const found = jobs.filter((job) => matches(job, filter)).sort(compare)
  return (direction === 'asc' ? found : found.toReversed()).map(({ id }) => id)
}

function matches(job: Stored, filter: JobFilter): boolean {
  const { status, type, among, template, withRejects, text = '', from, to } = filter
  const words = plain(text.trim())
  const texts = [job.label, job.description, job.file_name, job.target_table].map(plain)
  const date = new Date(job.started_at ?? job.created_at)
  return (
    (status === undefined || job.status === status) &&
    (type === undefined || job.type === type) &&
    (among === undefined || among.includes(job.status)) &&
    (template === undefined || job.template === template) &&
    (withRejects === undefined || job.rejects > 0) &&
    (from === undefined || date >= from) &&
    (to === undefined || date < to) &&
    (texts.some((each) => each.includes(words)) || String(job.id) === words)
  )
}

export const idsOf = (jobs: Pick<ListedJob, 'id'>[]) => jobs.map(({ id }) => id)
