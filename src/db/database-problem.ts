import { isOutOfSpace } from '../domain/words/errors.ts'
import { KINDS } from './open.ts'
import type { DatabaseProblem } from './problem-codes.ts'

const CODES = KINDS.flatMap(({ problems }) => problems)

/** The database or disk problem behind an error; undefined where the call or job is at fault. */
export function databaseProblemOf(error: unknown): DatabaseProblem | undefined {
  if (isOutOfSpace(error)) return { problem: 'no_room' }
  const code = error instanceof Error && 'code' in error ? String(error.code) : codeByWords(error)
  return CODES.find(([beginning]) => code?.startsWith(beginning))?.[1]
}

/** The code that stands for an error without one. */
function codeByWords(error: unknown): string | undefined {
  for (const { codeByWords: codeOf } of KINDS) {
    const code = codeOf(error)
    if (code !== undefined) return code
  }
  return undefined
}

/**
 * The problem behind an error that passes by itself, so that the same transaction may succeed
 * later: a lost connection, or a conflict with another transaction.
 */
export function passingProblem(error: unknown): DatabaseProblem | undefined {
  const found = databaseProblemOf(error)
  return found !== undefined && PASSING.includes(found.problem) ? found : undefined
}

const PASSING: DatabaseProblem['problem'][] = ['server_away', 'database_conflict']

export function isDiskFull(error: unknown): boolean {
  return databaseProblemOf(error)?.problem === 'no_room'
}

/** Whether the error comes from a database of any kind, so that its message suffices. */
export function isOfDatabase(error: unknown): error is Error {
  return error instanceof Error && KINDS.some(({ isItsError }) => isItsError(error))
}
