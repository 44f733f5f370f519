import fc from 'fast-check'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { noCounters } from '../../../src/domain/jobs/counters.ts'
import { claimNextJob } from '../../../src/engine/lifecycle/claim.ts'
import {
  announceShutdown,
  reportOutcome,
  type RunResult,
} from '../../../src/worker/run/report-outcome.ts'
import { startRunClock } from '../../../src/worker/run/run-clock.ts'
import { runPorts } from '../../../src/worker/run/run-ports.ts'
import { isTaken } from './operators.ts'
import {
  expectMove,
  heldBy,
  type ExpectedJob,
  type SimulatedWorker,
  type Model,
  type System,
} from './system.ts'
import { step } from './step.ts'
import { aLog } from '../programs/a-log.ts'

const BATCH = 3
const NEVER = new AbortController().signal

const aRunner = fc.nat({ max: 2 })
const RESULTS = {
  finished: 'finished',
  stopped: 'stopped',
  failed: { reason: 'internal', params: { detail: 'out of luck' } },
} as const satisfies Record<string, RunResult>
const anEnd = fc.constantFrom('finished' as const, 'stopped' as const, 'failed' as const)

/** What workers do. */
export const WORKERS_STEPS = [
  aRunner.map((at) =>
    byRunner('takes a job', at, async (runner, model, system) => {
      if (runner.holds !== undefined) return
      const waiting = [...model.jobs].find(([, { status }]) => status === 'start_pending')
      const claim = `claim ${++system.claims}`
      const { store, worker } = runner
      const job = await claimNextJob(store.db, { claim, worker, now: new Date() })
      expect(job?.id).toBe(waiting?.[0])
      if (job === undefined || waiting === undefined) return
      const ranMs = startRunClock(job)
      const progressed = () => undefined
      const ports = await runPorts(store, job, {
        claim,
        worker,
        stopSignal: NEVER,
        progressed,
        ranMs,
      })
      runner.holds = { jobId: job.id, claim, processed: job.counters.processed, ports, ranMs }
      expectMove(waiting[1], 'claim', worker.name)
      waiting[1].claim = claim
    }),
  ),
  aRunner.map((at) => byRunner('commits a batch', at, tryBatch)),
  fc.tuple(aRunner, anEnd).map(([at, end]) =>
    byRunner(`comes to its end: ${end}`, at, async (runner, model) => {
      if (runner.holds === undefined) return
      await reportOutcome(heldOf(runner, runner.holds), RESULTS[end])
      const job = heldBy(model, runner)
      if (job !== undefined) expectEnd(job, end, runner.name)
      runner.holds = undefined
    }),
  ),
]

/** What is done to workers. */
export const HARD_STEPS = [
  aRunner.map((at) =>
    byRunner('is told to shut down', at, async (runner, model) => {
      if (runner.holds === undefined) return
      await announceShutdown(heldOf(runner, runner.holds))
      const job = heldBy(model, runner)
      if (job !== undefined) expectMove(job, 'shut_down', runner.name)
    }),
  ),
  aRunner.map((at) =>
    byRunner('stands still', at, async (runner) => {
      runner.isStill = true
    }),
  ),
  aRunner.map((at) =>
    step(`worker ${at} comes back, and commits a batch`, async (model, { runners }) => {
      const runner = runners[at]
      if (runner === undefined) return
      runner.isStill = false
      await tryBatch(runner, model)
    }),
  ),
  aRunner.map((at) =>
    byRunner('is killed, and another one comes', at, async (runner) => {
      runner.holds = undefined
      runner.worker = { ...runner.worker, id: crypto.randomUUID() }
    }),
  ),
]

/** Only one whose job was not given to others meanwhile can. */
async function tryBatch(runner: SimulatedWorker, model: Model): Promise<void> {
  if (runner.holds === undefined) return
  const job = heldBy(model, runner)
  expect(await isTaken(commitBatchOf(runner))).toBe(job !== undefined)
  if (job === undefined) runner.holds = undefined
  else job.processed += BATCH
}

/** Three crates go in with the batch, each with its number, or none. */
export async function commitBatchOf({ holds }: SimulatedWorker): Promise<void> {
  if (holds === undefined) throw new Error('a worker without a job commits nothing')
  const { jobId, ports } = holds
  const processed = holds.processed + BATCH
  await ports.commit(async (trx) => {
    for (let record = holds.processed + 1; record <= processed; record++) {
      await sql`insert into crate values (${jobId}, ${record})`.execute(trx)
    }
    const place = { offset: processed * 10, line: processed + 1, record: processed, memo: null }
    return {
      counters: { ...noCounters(), processed, success: processed, inserted: processed },
      total: null,
      checkpoint: place,
      bytesRead: processed * 10,
      rejects: [],
      journal: [],
    }
  })
  holds.processed = processed
}

function expectEnd(job: ExpectedJob, end: keyof typeof RESULTS, name: string): void {
  const isEnd = end !== 'stopped' && expectMove(job, end === 'finished' ? 'finish' : 'fail', name)
  if (isEnd || expectMove(job, 'yield', name) || expectMove(job, 'halt', name)) return
  expectMove(job, 'shut_down', name)
  // It is let go of, and anybody may go on with it.
  job.claim = null
}

function heldOf(
  { store, name }: SimulatedWorker,
  { jobId, claim, ranMs }: NonNullable<SimulatedWorker['holds']>,
) {
  const { log } = aLog()
  return {
    db: store.db,
    emergencySpace: store.file?.emergencySpace,
    jobId,
    claim,
    worker: name,
    ranMs,
    log,
  }
}

type ByHand = (runner: SimulatedWorker, model: Model, system: System) => Promise<void>

/** One that stands still does nothing. */
function byRunner(name: string, at: number, run: ByHand) {
  return step(`worker ${at} ${name}`, async (model, system) => {
    const runner = system.runners[at]
    if (runner !== undefined && !runner.isStill) await run(runner, model, system)
  })
}
