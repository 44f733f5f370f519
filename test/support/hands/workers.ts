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
import { expectMove, heldBy, type ExpectedJob, type Hand, type Model, type Quay } from './quay.ts'
import { step } from './step.ts'
import { aLog } from '../a-log.ts'

const BATCH = 3
const NEVER = new AbortController().signal

const aHand = fc.nat({ max: 2 })
const RESULTS = {
  finished: 'finished',
  stopped: 'stopped',
  failed: { reason: 'internal', params: { detail: 'out of luck' } },
} as const satisfies Record<string, RunResult>
const anEnd = fc.constantFrom('finished' as const, 'stopped' as const, 'failed' as const)

/** What workers do. */
export const WORKERS_STEPS = [
  aHand.map((at) =>
    byHand('takes a job', at, async (hand, model, quay) => {
      if (hand.holds !== undefined) return
      const waiting = [...model.jobs].find(([, { status }]) => status === 'start_pending')
      const claim = `claim ${++quay.claims}`
      const { store, worker } = hand
      const job = await claimNextJob(store.db, { claim, worker, now: new Date() })
      expect(job?.id).toBe(waiting?.[0])
      if (job === undefined || waiting === undefined) return
      const ranMs = startRunClock(job)
      const progressed = () => undefined
      const ports = runPorts(store, job, { claim, worker, stopSignal: NEVER, progressed, ranMs })
      hand.holds = { jobId: job.id, claim, processed: job.counters.processed, ports, ranMs }
      expectMove(waiting[1], 'claim', worker.name)
      waiting[1].claim = claim
    }),
  ),
  aHand.map((at) => byHand('commits a batch', at, tryBatch)),
  fc.tuple(aHand, anEnd).map(([at, end]) =>
    byHand(`comes to its end: ${end}`, at, async (hand, model) => {
      if (hand.holds === undefined) return
      await reportOutcome(heldOf(hand, hand.holds), RESULTS[end])
      const job = heldBy(model, hand)
      if (job !== undefined) expectEnd(job, end, hand.name)
      hand.holds = undefined
    }),
  ),
]

/** What is done to workers. */
export const HARD_STEPS = [
  aHand.map((at) =>
    byHand('is told to shut down', at, async (hand, model) => {
      if (hand.holds === undefined) return
      await announceShutdown(heldOf(hand, hand.holds))
      const job = heldBy(model, hand)
      if (job !== undefined) expectMove(job, 'shut_down', hand.name)
    }),
  ),
  aHand.map((at) =>
    byHand('stands still', at, async (hand) => {
      hand.isStill = true
    }),
  ),
  aHand.map((at) =>
    step(`worker ${at} comes back, and commits a batch`, async (model, { hands }) => {
      const hand = hands[at]
      if (hand === undefined) return
      hand.isStill = false
      await tryBatch(hand, model)
    }),
  ),
  aHand.map((at) =>
    byHand('is killed, and another one comes', at, async (hand) => {
      hand.holds = undefined
      hand.worker = { ...hand.worker, id: crypto.randomUUID() }
    }),
  ),
]

/** Only one whose job was not given to others meanwhile can. */
async function tryBatch(hand: Hand, model: Model): Promise<void> {
  if (hand.holds === undefined) return
  const job = heldBy(model, hand)
  expect(await isTaken(commitBatchOf(hand))).toBe(job !== undefined)
  if (job === undefined) hand.holds = undefined
  else job.processed += BATCH
}

/** Three crates go in with the batch, each with its number, or none. */
export async function commitBatchOf({ holds }: Hand): Promise<void> {
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

function heldOf({ store, name }: Hand, { jobId, claim, ranMs }: NonNullable<Hand['holds']>) {
  const { log } = aLog()
  return { db: store.db, reserve: store.file?.reserve, jobId, claim, worker: name, ranMs, log }
}

type ByHand = (hand: Hand, model: Model, quay: Quay) => Promise<void>

/** One that stands still does nothing. */
function byHand(name: string, at: number, run: ByHand) {
  return step(`worker ${at} ${name}`, async (model, quay) => {
    const hand = quay.hands[at]
    if (hand !== undefined && !hand.isStill) await run(hand, model, quay)
  })
}
