import fc from 'fast-check'
import { expect } from 'vitest'
import { CLAIMED_STATUSES } from '../../../src/domain/states/status.ts'
import type { JobEvent } from '../../../src/domain/states/transitions.ts'
import { resumeInterrupted } from '../../../src/engine/lifecycle/rescuer.ts'
import { beat, listWorkers } from '../../../src/engine/lifecycle/workers.ts'
import { expectMove, holderOf, type ExpectedJob, type Model, type System } from './system.ts'
import { step } from './step.ts'

const RESCUER = 'rescuer'
const SWEEPS = 7

/** What those do who look after the jobs of others. */
export const RESCUERS_STEPS = [
  fc.constant(
    step('the lease goes by', async (model, system) => {
      for (let sweep = 0; sweep < SWEEPS; sweep++) {
        await showLife(system, sweep)
        await system.rescuer.sweep(new Date())
        system.rescuer.sleepFor(2)
      }
      for (const job of model.jobs.values()) {
        if (holderOf(system, job) === undefined) expectRescue(job)
      }
      expectNobodyAlone(model, system)
      await expectRows(system)
    }),
  ),
  fc.constant(
    step('a server starts', async (model, system) => {
      await resumeInterrupted(system.store.db, { now: new Date() })
      for (const job of model.jobs.values()) {
        if (job.claim === null) expectMove(job, 'go_on', RESCUER)
      }
    }),
  ),
]

/** Those that are alive show it, each time at another time of day. */
async function showLife({ runners }: System, sweep: number): Promise<void> {
  for (const { worker, holds, isStill, store } of runners) {
    if (isStill) continue
    await beat(store.db, worker, { claim: holds?.claim ?? null, now: new Date(sweep * 1_000) })
  }
}

function expectRescue(job: ExpectedJob): void {
  if (!CLAIMED_STATUSES.some((status) => status === job.status)) return
  const isNoFurther = job.diedAfter !== null && job.diedAfter >= job.processed
  if (job.claim !== null) {
    if (job.status === 'running') job.deaths = isNoFurther ? job.deaths + 1 : 1
    if (!isNoFurther) job.diedAfter = job.processed
  }
  for (const event of eventsFor(job)) expectMove(job, event, RESCUER)
}

function eventsFor({ status, deaths }: ExpectedJob): JobEvent[] {
  if (status === 'running') return deaths >= 3 ? ['fail'] : ['shut_down', 'go_on']
  if (status === 'pausing') return ['yield']
  return status === 'cancelling' ? ['halt'] : ['go_on']
}

function expectNobodyAlone(model: Model, system: System): void {
  for (const job of model.jobs.values()) {
    const isClaimed = CLAIMED_STATUSES.some((status) => status === job.status)
    expect(isClaimed && holderOf(system, job) === undefined).toBe(false)
  }
}

/** Of the workers that are alive, and of no others. */
async function expectRows({ store, runners }: System): Promise<void> {
  const alive = runners.filter(({ isStill }) => !isStill).map(({ worker }) => worker.id)
  const rows = await listWorkers(store.db)
  expect(rows.map(({ id }) => id).toSorted()).toEqual(alive.toSorted())
}
