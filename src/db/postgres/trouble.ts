import type { Troubles } from '../trouble-codes.ts'

/** By the codes of PostgreSQL (postgresql.org/docs/current/errcodes-appendix.html). */
export const TROUBLES_OF_POSTGRES = [
  ['53100', { problem: 'no_room' }],
  ['55P03', { problem: 'database_locked' }],
  ['25006', { problem: 'database_read_only' }],
  ['XX001', { problem: 'database_damaged' }],
  ['XX002', { problem: 'database_damaged' }],
  // The connection, room for one, or an operator who stopped the server.
  ['08', { problem: 'database_unreachable' }],
  ['53300', { problem: 'database_unreachable' }],
  ['57P', { problem: 'database_unreachable' }],
] as const satisfies Troubles

/** Its errors have a severity beside the five characters of the code. */
export function isPostgresError(error: Error): boolean {
  return 'severity' in error && 'code' in error && /^[0-9A-Z]{5}$/.test(String(error.code))
}
