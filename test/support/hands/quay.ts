import { sql } from 'kysely'
import type { Store } from '../../../src/db/store.ts'
import { isHeld, type JobStatus } from '../../../src/domain/states/status.ts'
import { targetOf, type JobEvent } from '../../../src/domain/states/transitions.ts'
import type { RunClock } from '../../../src/worker/run/run-clock.ts'
import type { RunPorts } from '../../../src/pipeline/ports.ts'
import type { WorkerIdentity } from '../../../src/engine/lifecycle/workers.ts'
import { aRescuer } from '../a-rescuer.ts'
import { anIdentity } from '../an-identity.ts'
import type { TestDatabase } from '../databases.ts'

export const OPERATORS = ['ana', 'bo', 'eve']
const WORKERS = ['first', 'second', 'third']

/** What is expected of a job. */
export type ExpectedJob = {
  status: JobStatus
  /** Whose claim is on it; of a worker that may be dead by now. */
  claim: string | null
  processed: number
  deaths: number
  diedAfter: number | null
  moves: [JobEvent, string][]
}

/** The jobs as they should be, by their ids, and those that were deleted. */
export type Model = { jobs: Map<number, ExpectedJob>; deleted: ExpectedJob[] }

/** A worker, and what it believes to hold. */
export type Hand = {
  name: string
  /** Another one with every start of its process. */
  worker: WorkerIdentity
  store: Store
  /** It neither works nor shows life, and does not know. */
  isStill: boolean
  holds:
    | { jobId: number; claim: string; processed: number; ports: RunPorts; ranMs: RunClock }
    | undefined
}

/** The one database, and everybody who has a connection to it. */
export type Quay = {
  store: Store
  operators: Store['db'][]
  hands: Hand[]
  rescuer: ReturnType<typeof aRescuer>
  claims: number
}

/** Each worker and operator has a connection of its own, as a process would. */
export async function aQuay({ store, another }: TestDatabase): Promise<Quay> {
  await sql`create table crate (job_id integer, record integer, primary key (job_id, record))`.execute(
    store.db,
  )
  const operators: Store['db'][] = []
  for (let count = 0; count < OPERATORS.length; count++) operators.push(await another())
  const hands: Hand[] = []
  for (const name of WORKERS) {
    const worker = anIdentity(name)
    hands.push({
      name,
      worker,
      store: { ...store, db: await another() },
      isStill: false,
      holds: undefined,
    })
  }
  return { store, operators, hands, rescuer: aRescuer(await another()), claims: 0 }
}

/** Expects a move to be made by `actor`, if it is one that is listed. */
export function expectMove(job: ExpectedJob, event: JobEvent, actor: string): boolean {
  const to = targetOf(event, job.status)
  if (to === undefined) return false
  job.status = to
  job.moves.push([event, actor])
  if (event === 'start') job.deaths = 0
  if (!isHeld(to) && to !== 'shutting_down') job.claim = null
  return true
}

/** The worker that holds the job and is alive. */
export function holderOf(quay: Quay, { claim }: ExpectedJob): Hand | undefined {
  return quay.hands.find((hand) => claim !== null && hand.holds?.claim === claim && !hand.isStill)
}

/** The job that the worker believes to hold, if it still does. */
export function heldBy(model: Model, { holds }: Hand): ExpectedJob | undefined {
  const job = holds && model.jobs.get(holds.jobId)
  return job?.claim === holds?.claim ? job : undefined
}
