import type { ProblemCodes } from '../problem-codes.ts'

/** By SQLite's result codes (sqlite.org/rescode.html). */
export const PROBLEMS_OF_SQLITE = [
  ['SQLITE_FULL', { problem: 'no_room' }],
  // The WAL index could not grow.
  ['SQLITE_IOERR_SHMSIZE', { problem: 'no_room' }],
  ['SQLITE_BUSY', { problem: 'database_locked' }],
  ['SQLITE_LOCKED', { problem: 'database_locked' }],
  ['SQLITE_READONLY', { problem: 'database_read_only' }],
  ['SQLITE_CORRUPT', { problem: 'database_damaged' }],
  ['SQLITE_NOTADB', { problem: 'database_damaged' }],
  ['SQLITE_IOERR', { problem: 'database_unreachable' }],
  ['SQLITE_CANTOPEN', { problem: 'database_unreachable' }],
] as const satisfies ProblemCodes

export function isSqliteError(error: Error): boolean {
  return 'code' in error && /^SQLITE_\w+$/.test(String(error.code))
}
