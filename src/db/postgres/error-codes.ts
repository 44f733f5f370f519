import type { ProblemCodes } from '../problem-codes.ts'
import { CONNECTION_LOST, saysLost } from './ground/lost.ts'

/** By PostgreSQL's error codes (postgresql.org/docs/current/errcodes-appendix.html). */
export const PROBLEMS_OF_POSTGRES = [
  ['53100', { problem: 'no_room' }],
  ['25006', { problem: 'database_read_only' }],
  ['XX001', { problem: 'database_damaged' }],
  ['XX002', { problem: 'database_damaged' }],
  // A lost connection, too many connections, or a server that an operator has stopped.
  ['08', { problem: 'server_away' }],
  ['53300', { problem: 'server_away' }],
  ['57P', { problem: 'server_away' }],
  // By a timeout of idle or of all transactions.
  ['25P03', { problem: 'server_away' }],
  ['25P04', { problem: 'server_away' }],
  ['53', { problem: 'server_short' }],
  // By a timeout, or by somebody.
  ['57', { problem: 'statement_cancelled' }],
  // Serialization failures and deadlocks; a lock that was not given in time.
  ['40', { problem: 'database_conflict' }],
  ['55P03', { problem: 'database_conflict' }],
] as const satisfies ProblemCodes

/** Server errors have a severity and a five-character code. */
export function isPostgresError(error: Error): boolean {
  return 'severity' in error && 'code' in error && /^[0-9A-Z]{5}$/.test(String(error.code))
}

/** The code for an error that has none. */
export function codeByWords(error: unknown): string | undefined {
  return saysLost(error) ? CONNECTION_LOST.code : undefined
}
