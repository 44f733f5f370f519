import type { ProblemCodes } from '../problem-codes.ts'

/** By PostgreSQL's error codes (postgresql.org/docs/current/errcodes-appendix.html). */
export const PROBLEMS_OF_POSTGRES = [
  ['53100', { problem: 'no_room' }],
  ['55P03', { problem: 'database_locked' }],
  ['25006', { problem: 'database_read_only' }],
  ['XX001', { problem: 'database_damaged' }],
  ['XX002', { problem: 'database_damaged' }],
  // A lost connection, too many connections, or a server that an operator has stopped.
  ['08', { problem: 'database_unreachable' }],
  ['53300', { problem: 'database_unreachable' }],
  ['57P', { problem: 'database_unreachable' }],
] as const satisfies ProblemCodes

/** Server errors have a severity and a five-character code. */
export function isPostgresError(error: Error): boolean {
  return 'severity' in error && 'code' in error && /^[0-9A-Z]{5}$/.test(String(error.code))
}
