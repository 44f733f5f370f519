import type { Failure } from '../../../src/domain/words/failures.ts'
import { createJob } from '../../../src/engine/jobs/jobs.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { importJob, type NewJob } from '../../../src/engine/jobs/new-job.ts'
import type { Db } from '../../../src/db/store.ts'
import type { Job } from '../../../src/domain/jobs/job.ts'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import type { JobStatus } from '../../../src/domain/states/status.ts'
import type { JobEvent } from '../../../src/domain/states/transitions.ts'

export const OPERATOR = 'ana'
export const WORKER = 'worker-1'
export const NOON = new Date('2026-01-31T12:00:00.000Z')

/** Some time after noon, when all test jobs are made. */
export function after(seconds: number): Date {
  return new Date(NOON.getTime() + seconds * 1000)
}

const WAYS = {
  editing: [],
  start_pending: ['start'],
  running: ['start', 'claim'],
  pausing: ['start', 'claim', 'pause'],
  paused: ['start', 'claim', 'pause', 'yield'],
  cancelling: ['start', 'claim', 'cancel'],
  cancelled: ['start', 'claim', 'cancel', 'halt'],
  finished: ['start', 'claim', 'finish'],
  failed: ['start', 'claim', 'fail'],
  shutting_down: ['start', 'claim', 'shut_down'],
} as const satisfies Record<JobStatus, JobEvent[]>

/** Why a job failed that fails for no reason of its own. */
export const BROKEN = { reason: 'internal', params: { detail: '' } } as const satisfies Failure

const WORKERS_EVENTS: JobEvent[] = ['claim', 'yield', 'halt', 'finish', 'fail', 'shut_down']

export type Wanted = Partial<Pick<NewJob, 'label' | 'fileName'>> & {
  status?: JobStatus
  claim?: string
  now?: Date
}

/** An import job that came to its status as every job does, all at noon. */
export async function aJob(
  db: Db,
  {
    status = 'editing',
    claim = crypto.randomUUID(),
    now = NOON,
    label = 'People',
    fileName = 'people.csv',
  }: Wanted = {},
): Promise<Job> {
  const specification = parseImportSpecification({ path: `/data/${fileName}`, table: 'person' })
  let job = await createJob(db, importJob(specification, { label }), { now, actor: OPERATOR })
  for (const event of WAYS[status]) {
    const by = { now, claim, actor: actorOf(event), failure: BROKEN }
    job = await transition(db, job.id, event, by)
  }
  return job
}

export function actorOf(event: JobEvent): string {
  return WORKERS_EVENTS.includes(event) ? WORKER : OPERATOR
}
