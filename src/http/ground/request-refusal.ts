import type { Problem } from '../../domain/words/problems.ts'

type RefusalStatus = 403 | 408 | 413

/** A request refused before its handler runs, with the response's status and problem. */
export class RequestRefusal extends Error {
  override name = 'RequestRefusal'
  readonly status: RefusalStatus
  readonly problem: Problem

  constructor(status: RefusalStatus, problem: Problem) {
    super(JSON.stringify(problem))
    this.status = status
    this.problem = problem
  }
}
