import { isOutOfSpace } from '../domain/words/errors.ts'
import { KINDS } from './open.ts'
import type { DatabaseProblem } from './problem-codes.ts'

const CODES = KINDS.flatMap(({ problems }) => problems)

/** The database or disk problem behind an error; undefined where the call or job is at fault. */
export function databaseProblemOf(error: unknown): DatabaseProblem | undefined {
  if (isOutOfSpace(error)) return { problem: 'no_room' }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return CODES.find(([beginning]) => code.startsWith(beginning))?.[1]
}

export function isDiskFull(error: unknown): boolean {
  return databaseProblemOf(error)?.problem === 'no_room'
}

/** Whether the error comes from a database of any kind, so that its message suffices. */
export function isOfDatabase(error: unknown): error is Error {
  return error instanceof Error && KINDS.some(({ isItsError }) => isItsError(error))
}
