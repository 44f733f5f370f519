import { isOutOfSpace } from '../domain/words/errors.ts'
import type { DatabaseTrouble, Troubles } from './trouble-codes.ts'
import { TROUBLES_OF_POSTGRES, isPostgresError } from './postgres/trouble.ts'
import { TROUBLES_OF_SQLITE, isSqliteError } from './sqlite/trouble.ts'

const TROUBLES: Troubles = [...TROUBLES_OF_SQLITE, ...TROUBLES_OF_POSTGRES]

/** The database or disk problem behind an error; undefined where the call or job is at fault. */
export function troubleOf(error: unknown): DatabaseTrouble | undefined {
  if (isOutOfSpace(error)) return { problem: 'no_room' }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return TROUBLES.find(([beginning]) => code.startsWith(beginning))?.[1]
}

export function isDiskFull(error: unknown): boolean {
  return troubleOf(error)?.problem === 'no_room'
}

/** Whether the error comes from a database, SQLite or PostgreSQL, so that its message suffices. */
export function isOfDatabase(error: unknown): error is Error {
  return error instanceof Error && (isSqliteError(error) || isPostgresError(error))
}
