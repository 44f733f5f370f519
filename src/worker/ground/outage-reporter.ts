import { troubleOf } from '../../db/trouble.ts'
import { DatabaseLostError } from '../../domain/words/errors.ts'
import type { Problem } from '../../domain/words/problems.ts'

export type TellTrouble = (problem: Problem) => void

/** Tells what is wrong with the database once, however often it is met until it is well again. */
export class OutageReporter {
  readonly #tell: TellTrouble
  #told: string | undefined

  constructor(tell: TellTrouble) {
    this.#tell = tell
  }

  /**
   * What the work comes to, or undefined where the database does not let it.
   * @throws what is no trouble of the database
   */
  async run<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    try {
      const result = await work()
      this.#told = undefined
      return result
    } catch (error) {
      const problem = error instanceof DatabaseLostError ? error.problem : troubleOf(error)
      if (problem === undefined) throw error
      const name = JSON.stringify(problem)
      if (this.#told !== name) this.#tell(problem)
      this.#told = name
      return undefined
    }
  }
}

/** Of what the database or the system refuses, the message is the whole story. */
export function reasonOf(error: unknown): unknown {
  const isKnown = troubleOf(error) !== undefined || (error instanceof Error && 'syscall' in error)
  return isKnown && error instanceof Error ? error.message : error
}
