import { setTimeout as pause } from 'node:timers/promises'
import { ConflictError } from '../../../src/domain/words/errors.ts'
import type { OperatorEvent } from '../../../src/domain/states/transitions.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { OPERATOR } from '../jobs/a-job.ts'
import type { Chance } from './chance.ts'
import type { ProcessUnderTest } from './process-under-test.ts'
import { recordsOf, type JobUnderTest } from './job-under-test.ts'
import { untilFurther, until } from './wait-for-job.ts'

/** A fault that is injected into a process while it runs the job. Sometimes the process has ended before. */
export type Interruption = (
  child: ProcessUnderTest,
  subject: JobUnderTest,
  chance: Chance,
) => Promise<void>

/** Longer than the two signals that npm makes of one Ctrl-C. */
const NOT_TOGETHER_MS = 310
/** About as long as it takes to start and to get to work. */
const LIFE_MS = 900

export const INTERRUPTIONS = {
  async 'SIGKILL at any time'(child, _subject, chance) {
    await pause(chance.below(LIFE_MS))
    child.kill('SIGKILL')
  },

  async 'SIGKILL under way'(child, subject, chance) {
    await untilFurther(child, subject)
    await pause(chance.below(25))
    child.kill('SIGKILL')
  },

  async 'SIGKILL in a pause'(child, subject, chance) {
    await untilFurther(child, subject)
    await tryEvent(subject, 'pause')
    await pause(chance.below(10))
    child.kill('SIGKILL')
  },

  async 'SIGKILL in a shutdown'(child, subject, chance) {
    await untilFurther(child, subject)
    child.kill('SIGTERM')
    await pause(chance.below(20))
    child.kill('SIGKILL')
  },

  async 'SIGTERM at any time'(child, _subject, chance) {
    await pause(chance.below(LIFE_MS))
    child.kill('SIGTERM')
  },

  async 'SIGTERM, and again'(child, subject, chance) {
    await untilFurther(child, subject)
    child.kill('SIGTERM')
    await pause(NOT_TOGETHER_MS + chance.below(50))
    child.kill('SIGTERM')
  },

  async 'a pause'(child, subject) {
    await untilFurther(child, subject)
    await tryEvent(subject, 'pause')
  },

  async 'SIGKILL at the last batch'(child, subject, chance) {
    await until(
      child,
      subject,
      ({ counters }) => counters.processed > recordsOf(subject.kind) * 0.9,
    )
    await pause(chance.below(15))
    child.kill('SIGKILL')
  },
} as const satisfies Record<string, Interruption>
export type InterruptionName = keyof typeof INTERRUPTIONS

export function isKill(name: InterruptionName): boolean {
  return name.startsWith('SIGKILL')
}

/** It may be too late for it. */
export async function tryEvent(
  { store, id }: JobUnderTest,
  event: OperatorEvent,
): Promise<boolean> {
  try {
    await transition(store.db, id, event, { actor: OPERATOR, now: new Date() })
    return true
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
    return false
  }
}
