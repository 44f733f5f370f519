import { JobFailure } from './failures.ts'
import type { Problem, StorableProblem } from './problems.ts'

/** A refusal. Its message is for logs; people read the problem in their language. */
class RefusedError extends Error {
  readonly problem: Problem

  constructor(problem: Problem, options?: ErrorOptions) {
    super(JSON.stringify(problem), options)
    this.problem = problem
  }
}

/**
 * Something that is wrong, and where: `at` is a path into the specification, undefined if there is no
 * single part.
 */
export type RefusedPart<Told extends Problem = Problem> = {
  problem: Told
  at?: readonly string[] | undefined
}

/** The input is invalid: HTTP 422, exit code 2. */
export class InvalidInputError extends RefusedError {
  override name = 'InvalidInputError'
  readonly at: readonly string[] | undefined
  /** All that is wrong, as far as it was looked for; the first one stands for them. */
  readonly faults: readonly [RefusedPart, ...RefusedPart[]]

  constructor(
    problem: Problem,
    {
      at,
      others = [],
      ...options
    }: ErrorOptions & Pick<RefusedPart, 'at'> & { others?: readonly RefusedPart[] } = {},
  ) {
    super(problem, options)
    this.at = at
    this.faults = [{ problem, at }, ...others]
  }
}

/** The thing asked for does not exist: HTTP 404, exit code 2. */
export class NotFoundError extends RefusedError {
  override name = 'NotFoundError'
}

/** The job's status does not allow it: HTTP 409, exit code 1. */
export class ConflictError extends RefusedError {
  override name = 'ConflictError'
}

/** The database is no longer the one that was opened: the process ends with exit code 1. */
export class DatabaseLostError extends RefusedError {
  override name = 'DatabaseLostError'
}

/** A deferred foreign key refused, at the commit, what the transaction wrote. */
export class DeferredKeyError extends Error {
  override name = 'DeferredKeyError'
}

/** A batch was written by a wrong guess: once it is rolled back, it is to be written again. */
export class RetryBatch extends Error {
  override name = 'RetryBatch'

  constructor(options?: ErrorOptions) {
    super('the batch was guessed wrong', options)
  }
}

/** The database has not kept a batch that it had committed: the run goes on at what it kept. */
export class BatchLostError extends Error {
  override name = 'BatchLostError'
}

/** A worker reported on a job that it no longer holds: it stops and writes nothing. */
export class ClaimLostError extends ConflictError {
  override name = 'ClaimLostError'
}

/**
 * File, table and specification do not fit together. A job fails with it; before there is a job,
 * the call is refused.
 */
export class UnusableError extends JobFailure {
  override name = 'UnusableError'
  readonly problem: StorableProblem
  readonly faults: readonly [RefusedPart<StorableProblem>, ...RefusedPart<StorableProblem>[]]

  /** @param place.at as of an invalid input */
  constructor(
    problem: StorableProblem,
    {
      at,
      others = [],
    }: Pick<RefusedPart, 'at'> & { others?: readonly RefusedPart<StorableProblem>[] } = {},
  ) {
    super('invalid_specification', problem)
    this.problem = problem
    this.faults = [{ problem, at }, ...others]
  }
}

/**
 * The configuration is wrong, perhaps in several places: each is a variable or flag and its
 * problem.
 */
export class WrongSettingsError extends Error {
  override name = 'WrongSettingsError'
  readonly wrong: readonly { name: string; problem: Problem }[]

  constructor(wrong: readonly { name: string; problem: Problem }[]) {
    super(JSON.stringify(wrong))
    this.wrong = wrong
  }
}

/** Whether a disk or a quota had no room left for a file. */
export function isOutOfSpace(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT'].includes(String(error.code))
  )
}
