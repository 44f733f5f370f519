/** The caller's words are off: HTTP 422, exit code 2. The message is one sentence that says what to do. */
export class InvalidInputError extends Error {
  override name = 'InvalidInputError'
}

/** What was asked for is not there: HTTP 404, exit code 2. */
export class NotFoundError extends Error {
  override name = 'NotFoundError'
}

/** The job's status does not allow it: HTTP 409, exit code 1. */
export class ConflictError extends Error {
  override name = 'ConflictError'
}

/** A worker reported on a job that is no longer its own: it stops, and writes nothing. */
export class ClaimLostError extends ConflictError {
  override name = 'ClaimLostError'
}
