import { sql } from 'kysely'
import type { Store } from '../../../src/db/store.ts'
import { isHeld, type JobStatus } from '../../../src/domain/states/status.ts'
import { targetOf, type JobEvent } from '../../../src/domain/states/transitions.ts'
import type { RunClock } from '../../../src/worker/run/run-clock.ts'
import type { RunPorts } from '../../../src/pipeline/ports.ts'
import type { WorkerIdentity } from '../../../src/engine/lifecycle/workers.ts'
import { aRescuer } from '../jobs/a-rescuer.ts'
import { anIdentity } from '../jobs/an-identity.ts'
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

/** A simulated worker, and what it believes to hold. */
export type SimulatedWorker = {
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

/** The system under test: one database, and everybody who has a connection to it. */
export type System = {
  store: Store
  operators: Store['db'][]
  runners: SimulatedWorker[]
  rescuer: ReturnType<typeof aRescuer>
  claims: number
}

/** Each worker and operator has a connection of its own, as a process would. */
export async function aSystem({ store, another }: TestDatabase): Promise<System> {
  await sql`create table crate (job_id integer, record integer, primary key (job_id, record))`.execute(
    store.db,
  )
  const operators: Store['db'][] = []
  for (let count = 0; count < OPERATORS.length; count++) operators.push(await another())
  const runners: SimulatedWorker[] = []
  for (const name of WORKERS) {
    const worker = anIdentity(name)
    runners.push({
      name,
      worker,
      store: { ...store, db: await another() },
      isStill: false,
      holds: undefined,
    })
  }
  return { store, operators, runners, rescuer: aRescuer(await another()), claims: 0 }
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
export function holderOf(system: System, { claim }: ExpectedJob): SimulatedWorker | undefined {
  return system.runners.find(
    (runner) => claim !== null && runner.holds?.claim === claim && !runner.isStill,
  )
}

/** The job that the worker believes to hold, if it still does. */
export function heldBy(model: Model, { holds }: SimulatedWorker): ExpectedJob | undefined {
  const job = holds && model.jobs.get(holds.jobId)
  return job?.claim === holds?.claim ? job : undefined
}
