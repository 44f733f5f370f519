import type { AsyncCommand } from 'fast-check'
import { expectAgreement } from './agreement.ts'
import type { Model, Quay } from './quay.ts'

export type Step = AsyncCommand<Model, Quay>

/** Something that somebody does; after it, everything must agree. */
export function step(name: string, run: (model: Model, quay: Quay) => Promise<void>): Step {
  return {
    check: () => true,
    async run(model, quay) {
      await run(model, quay)
      await expectAgreement(model, quay)
    },
    toString: () => name,
  }
}
