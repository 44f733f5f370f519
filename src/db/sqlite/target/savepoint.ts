import type Sqlite from 'better-sqlite3'

/** A savepoint, which can be rolled back alone. */
export function openSavepoint(handle: Sqlite.Database, name: string) {
  const begin = handle.prepare(`savepoint ${name}`)
  const undo = handle.prepare(`rollback to ${name}`)
  const end = handle.prepare(`release ${name}`)
  return {
    begin: () => void begin.run(),
    /** Rolls back to the savepoint, which stays open. */
    undo: () => void undo.run(),
    end: () => void end.run(),
  }
}
