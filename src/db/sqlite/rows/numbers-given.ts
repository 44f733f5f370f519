import type Sqlite from 'better-sqlite3'
import type { NumbersGiven } from '../../store.ts'

/**
 * What AUTOINCREMENT keeps (sqlite.org/autoinc.html). It is undone with a transaction that is undone,
 * so that no number is missing of which there was no row.
 */
export function numbersGiven(handle: Sqlite.Database): NumbersGiven {
  const last = handle
    .prepare<[string], number | null>('select max(seq) from sqlite_sequence where name = ?')
    .pluck()
  return { job: last.get('tallyman_job') ?? 0, entry: last.get('tallyman_journal') ?? 0 }
}
