import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { isDiskFull, isOfDatabase, databaseProblemOf } from '../../src/db/database-problem.ts'

const withCode = (code: string, more = {}) => Object.assign(new Error(code), { code, ...more })

test.each([
  [new Sqlite.SqliteError('full', 'SQLITE_FULL'), 'no_room', true],
  [new Sqlite.SqliteError('busy', 'SQLITE_BUSY_SNAPSHOT'), 'database_locked', true],
  [new Sqlite.SqliteError('one', 'SQLITE_CONSTRAINT_UNIQUE'), undefined, true],
  [withCode('53100', { severity: 'ERROR' }), 'no_room', true],
  [withCode('08006', { severity: 'FATAL' }), 'server_away', true],
  [withCode('23505', { severity: 'ERROR' }), undefined, true],
  [withCode('40P01', { severity: 'ERROR' }), 'database_conflict', true],
  [new Error('Connection terminated unexpectedly'), 'server_away', false],
  [withCode('ENOSPC'), 'no_room', false],
  [withCode('EACCES'), undefined, false],
  [new Error('out of luck'), undefined, false],
] as const)('%s is known for what it is', (error, problem, isDatabases) => {
  expect(databaseProblemOf(error)?.problem).toBe(problem)
  expect(isDiskFull(error)).toBe(problem === 'no_room')
  expect(isOfDatabase(error)).toBe(isDatabases)
})
