import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TRANSITIONS } from '../../src/domain/states/transitions.ts'
import { databases } from '../support/databases.ts'
import { aSeed, isLong, rounds } from '../support/faults/chance.ts'
import { CROWD_STEPS } from '../support/actors/crowd.ts'
import { OPERATORS_STEPS } from '../support/actors/operators.ts'
import { aSystem, type Model } from '../support/actors/system.ts'
import { RESCUERS_STEPS } from '../support/actors/rescuers.ts'
import { HARD_STEPS, WORKERS_STEPS } from '../support/actors/workers.ts'

/** Work is what is done most. */
const STEPS = [
  ...OPERATORS_STEPS,
  ...WORKERS_STEPS,
  ...WORKERS_STEPS,
  ...WORKERS_STEPS,
  ...HARD_STEPS,
  ...RESCUERS_STEPS,
  ...CROWD_STEPS,
]

describe.each(databases)('on %s', (name, open) => {
  test('whatever operators, workers and rescuers do, and in which order, all agree', async () => {
    const seed = aSeed(`many actors on ${name}`)
    const happened = new Set<string>()
    await fc.assert(
      fc.asyncProperty(fc.commands(STEPS, { size: 'max', maxCommands: 300 }), async (steps) => {
        const model: Model = { jobs: new Map(), deleted: [] }
        const system = await aSystem(await open())
        await fc.asyncModelRun(() => ({ model, real: system }), steps)
        for (const { moves } of [...model.jobs.values(), ...model.deleted]) {
          for (const [event, actor] of moves) happened.add(`${event} ${actor}`)
        }
      }),
      { seed, numRuns: rounds(8, 200), unbiased: true },
    )
    // A few runs can't come to everything; many must.
    expect([...happened]).toEqual(expect.arrayContaining(['shut_down rescuer', 'go_on rescuer']))
    if (!isLong) return
    const events = [...happened].map((one) => one.split(' ')[0])
    expect([...new Set(events)].toSorted()).toEqual(Object.keys(TRANSITIONS).toSorted())
  }, 1_800_000)
})
