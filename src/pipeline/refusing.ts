import { InvalidInputError, UnusableError } from '../domain/words/errors.ts'
import { FAILURES, JobFailure } from '../domain/words/messages.ts'

/**
 * Reports errors that would fail a job as invalid input, before there is a job.
 * @throws InvalidInputError
 */
export async function refusing<Result>(check: () => Promise<Result>): Promise<Result> {
  try {
    return await check()
  } catch (error) {
    if (error instanceof UnusableError) {
      throw new InvalidInputError(error.problem, { cause: error })
    } else if (error instanceof JobFailure) {
      const message = { code: FAILURES[error.reason], params: error.params }
      throw new InvalidInputError(message, { cause: error })
    } else throw error
  }
}
