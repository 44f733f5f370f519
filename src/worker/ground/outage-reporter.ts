import { databaseProblemOf } from '../../db/database-problem.ts'
import { DatabaseLostError } from '../../domain/words/errors.ts'
import type { Problem } from '../../domain/words/problems.ts'

export type TellOutage = (problem: Problem) => void

/** Reports each outage of the database once, however often it is met until the next success. */
export class OutageReporter {
  readonly #tell: TellOutage
  #told: string | undefined

  constructor(tell: TellOutage) {
    this.#tell = tell
  }

  /**
   * The result of `work`, or undefined where the database fails.
   * @throws any error that is not a database problem
   */
  async run<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    try {
      const result = await work()
      this.#told = undefined
      return result
    } catch (error) {
      const problem = error instanceof DatabaseLostError ? error.problem : databaseProblemOf(error)
      if (problem === undefined) throw error
      const name = JSON.stringify(problem)
      if (this.#told !== name) this.#tell(problem)
      this.#told = name
      return undefined
    }
  }
}

/** The message alone for errors of the database or the system; any other error as it is. */
export function reasonOf(error: unknown): unknown {
  const isKnown =
    databaseProblemOf(error) !== undefined || (error instanceof Error && 'syscall' in error)
  return isKnown && error instanceof Error ? error.message : error
}
