import type { AsyncCommand } from 'fast-check'
import { expectAgreement } from './agreement.ts'
import type { Model, System } from './system.ts'

export type Step = AsyncCommand<Model, System>

/** Something that somebody does; after it, everything must agree. */
export function step(name: string, run: (model: Model, system: System) => Promise<void>): Step {
  return {
    check: () => true,
    async run(model, system) {
      await run(model, system)
      await expectAgreement(model, system)
    },
    toString: () => name,
  }
}
