import { InvalidInputError, UnusableError, type RefusedPart } from './errors.ts'

/** Collects refusals of parts that do not depend on each other, to tell all of them at once. */
export class Refusals {
  readonly #faults: RefusedPart[] = []

  /** @returns undefined for what is refused */
  try<Result>(read: () => Result): Result | undefined {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof InvalidInputError || error instanceof UnusableError)) throw error
      this.#faults.push(...error.faults)
      return undefined
    }
  }

  get faults(): readonly RefusedPart[] {
    return this.#faults
  }

  /** @throws InvalidInputError with everything that was refused */
  end(): void {
    const [first, ...others] = this.#faults
    if (first === undefined) return
    throw new InvalidInputError(first.problem, { at: first.at, others })
  }
}
