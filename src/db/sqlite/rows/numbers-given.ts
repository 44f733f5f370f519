import type Sqlite from 'better-sqlite3'
import type { NumbersGiven } from '../../store.ts'

/**
 * The AUTOINCREMENT counters (sqlite.org/autoinc.html). They roll back with a transaction, so no
 * number is skipped.
 */
export function numbersGiven(handle: Sqlite.Database): NumbersGiven {
  const last = handle
    .prepare<[string], number | null>('select max(seq) from sqlite_sequence where name = ?')
    .pluck()
  return { job: last.get('tallyman_job') ?? 0, entry: last.get('tallyman_journal') ?? 0 }
}
