import Sqlite from 'better-sqlite3'

/** With an exclusive lock SQLite needs no other file, and the copy need not survive a power cut. */
export function openCopy(file: string): Sqlite.Database {
  const handle = new Sqlite(file)
  handle.pragma('locking_mode = exclusive')
  handle.pragma('journal_mode = memory')
  handle.pragma('synchronous = off')
  handle.pragma('foreign_keys = on')
  handle.pragma('cache_size = -16384')
  return handle
}
