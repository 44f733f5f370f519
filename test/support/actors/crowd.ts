import fc from 'fast-check'
import { expect } from 'vitest'
import { iterateJournal } from '../../../src/engine/ground/journal.ts'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { all } from '../all.ts'
import { eventOf } from '../jobs/honest-journal.ts'
import { act, anEvent, isTaken, onJob } from './operators.ts'
import { expectMove, heldBy, OPERATORS, type ExpectedJob, type System } from './system.ts'
import { commitBatchOf } from './workers.ts'

/** All operators at the same job at once, while its worker commits a batch. */
export const CROWD_STEPS = [
  fc.tuple(fc.nat({ max: 9 }), fc.tuple(anEvent, anEvent, anEvent)).map(([at, events]) =>
    onJob(`all at once: ${events.join(', ')}`, at, async (id, job, model, system) => {
      const runner = system.runners.find((one) => !one.isStill && heldBy(model, one) === job)
      const [taken, isIn] = await Promise.all([
        Promise.all(
          events.map((event, who) =>
            isTaken(transition(system.operators[who] ?? system.store.db, id, event, act(who))),
          ),
        ),
        runner === undefined ? false : isTaken(commitBatchOf(runner)),
      ])
      // Nobody but an operator can take the claim meanwhile, and none can.
      expect(isIn).toBe(runner !== undefined)
      job.processed = (await requireJob(system.store.db, id)).counters.processed
      if (runner !== undefined) expect(runner.holds?.processed).toBe(job.processed)

      const told = await newEvents(system, id, job)
      expect(told.map(({ actor }) => actor).toSorted()).toEqual(
        OPERATORS.filter((_operator, who) => taken[who]).toSorted(),
      )
      // In whichever order they came: the journal tells it, and it must be one that is possible.
      for (const { event, actor } of told) expect(expectMove(job, event, actor)).toBe(true)
    }),
  ),
]

async function newEvents({ store }: System, id: number, { moves }: ExpectedJob) {
  const events = (await all(iterateJournal(store.db, id))).flatMap((entry) => {
    const event = eventOf(entry)
    return event === undefined ? [] : [{ event, actor: entry.actor }]
  })
  return events.slice(moves.length)
}
