export type DatabaseTrouble = {
  problem:
    | 'no_room'
    | 'database_locked'
    | 'database_read_only'
    | 'database_damaged'
    | 'database_unreachable'
}

/**
 * What the codes of the system, of SQLite and of PostgreSQL begin with, and what they mean to people
 * (postgresql.org/docs/current/errcodes-appendix.html).
 */
const TROUBLES: [string, DatabaseTrouble][] = [
  ['ENOSPC', { problem: 'no_room' }],
  ['EDQUOT', { problem: 'no_room' }],
  ['SQLITE_FULL', { problem: 'no_room' }],
  // The index of its log could not grow.
  ['SQLITE_IOERR_SHMSIZE', { problem: 'no_room' }],
  ['SQLITE_BUSY', { problem: 'database_locked' }],
  ['SQLITE_LOCKED', { problem: 'database_locked' }],
  ['SQLITE_READONLY', { problem: 'database_read_only' }],
  ['SQLITE_CORRUPT', { problem: 'database_damaged' }],
  ['SQLITE_NOTADB', { problem: 'database_damaged' }],
  ['SQLITE_IOERR', { problem: 'database_unreachable' }],
  ['SQLITE_CANTOPEN', { problem: 'database_unreachable' }],
  ['53100', { problem: 'no_room' }],
  ['55P03', { problem: 'database_locked' }],
  ['25006', { problem: 'database_read_only' }],
  ['XX001', { problem: 'database_damaged' }],
  ['XX002', { problem: 'database_damaged' }],
  // The connection, room for one, or an operator who stopped the server.
  ['08', { problem: 'database_unreachable' }],
  ['53300', { problem: 'database_unreachable' }],
  ['57P', { problem: 'database_unreachable' }],
]

/** What is wrong with the database or its disk, where no call and no job is at fault. */
export function troubleOf(error: unknown): DatabaseTrouble | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return TROUBLES.find(([beginning]) => code.startsWith(beginning))?.[1]
}

export function isDiskFull(error: unknown): boolean {
  return troubleOf(error)?.problem === 'no_room'
}
