import { setTimeout as pause } from 'node:timers/promises'
import { ConflictError } from '../../../src/domain/words/errors.ts'
import type { Job } from '../../../src/domain/jobs/job.ts'
import type { OperatorEvent } from '../../../src/domain/states/transitions.ts'
import { findJob } from '../../../src/engine/jobs/jobs.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { OPERATOR } from '../a-job.ts'
import type { Chance } from './chance.ts'
import type { Doomed } from './doomed.ts'
import { recordsOf, type Victim } from './victim.ts'

/** What happens to a process that runs the victim's job. It is over by itself sometimes, before. */
export type Blow = (doomed: Doomed, victim: Victim, chance: Chance) => Promise<void>

/** Longer than the two signals that npm makes of one Ctrl-C. */
const NOT_TOGETHER_MS = 310
/** About as long as it takes to start and to get to work. */
const LIFE_MS = 900

export const BLOWS = {
  async 'SIGKILL at any time'(doomed, _victim, chance) {
    await pause(chance.below(LIFE_MS))
    doomed.kill('SIGKILL')
  },

  async 'SIGKILL under way'(doomed, victim, chance) {
    await untilFurther(doomed, victim)
    await pause(chance.below(25))
    doomed.kill('SIGKILL')
  },

  async 'SIGKILL in a pause'(doomed, victim, chance) {
    await untilFurther(doomed, victim)
    await tryEvent(victim, 'pause')
    await pause(chance.below(10))
    doomed.kill('SIGKILL')
  },

  async 'SIGKILL in a shutdown'(doomed, victim, chance) {
    await untilFurther(doomed, victim)
    doomed.kill('SIGTERM')
    await pause(chance.below(20))
    doomed.kill('SIGKILL')
  },

  async 'SIGTERM at any time'(doomed, _victim, chance) {
    await pause(chance.below(LIFE_MS))
    doomed.kill('SIGTERM')
  },

  async 'SIGTERM, and again'(doomed, victim, chance) {
    await untilFurther(doomed, victim)
    doomed.kill('SIGTERM')
    await pause(NOT_TOGETHER_MS + chance.below(50))
    doomed.kill('SIGTERM')
  },

  async 'a pause'(doomed, victim) {
    await untilFurther(doomed, victim)
    await tryEvent(victim, 'pause')
  },

  async 'SIGKILL at the last batch'(doomed, victim, chance) {
    await until(doomed, victim, ({ counters }) => counters.processed > recordsOf(victim.kind) * 0.9)
    await pause(chance.below(15))
    doomed.kill('SIGKILL')
  },
} as const satisfies Record<string, Blow>
export type BlowName = keyof typeof BLOWS

export function isKill(name: BlowName): boolean {
  return name.startsWith('SIGKILL')
}

/** Until another batch is in. */
export async function untilFurther(doomed: Doomed, victim: Victim): Promise<void> {
  const before = await findJob(victim.store.db, victim.id)
  await until(doomed, victim, ({ batches }) => batches > (before?.batches ?? 0) + 1)
}

/** Until the job is so, or nobody is left to bring it there. */
export async function until(
  doomed: Doomed,
  { store, id }: Victim,
  fact: (job: Job) => boolean,
): Promise<void> {
  while (!doomed.isGone()) {
    const job = await findJob(store.db, id)
    if (job !== undefined && (fact(job) || job.status === 'finished')) return
    await pause(2)
  }
}

/** It may be too late for it. */
export async function tryEvent({ store, id }: Victim, event: OperatorEvent): Promise<boolean> {
  try {
    await transition(store.db, id, event, { actor: OPERATOR, now: new Date() })
    return true
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
    return false
  }
}
