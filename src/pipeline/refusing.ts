import { InvalidInputError, UnusableError } from '../domain/words/errors.ts'
import { FAILURES, JobFailure } from '../domain/words/failures.ts'

/**
 * Reports errors that would fail a job as invalid input, before there is a job.
 * @throws InvalidInputError
 */
export async function refusing<Result>(check: () => Promise<Result>): Promise<Result> {
  try {
    return await check()
  } catch (error) {
    if (error instanceof UnusableError) {
      const [{ problem, at }, ...others] = error.faults
      throw new InvalidInputError(problem, { at, others, cause: error })
    } else if (error instanceof JobFailure) throw refusalOf(error)
    else throw error
  }
}

export function refusalOf(failure: JobFailure): InvalidInputError {
  const message = { code: FAILURES[failure.reason], params: failure.params }
  return new InvalidInputError(message, { cause: failure })
}
