import type Sqlite from 'better-sqlite3'

/** A part of a transaction that can be undone alone. */
export function openSavepoint(handle: Sqlite.Database, name: string) {
  const begin = handle.prepare(`savepoint ${name}`)
  const undo = handle.prepare(`rollback to ${name}`)
  const end = handle.prepare(`release ${name}`)
  return {
    begin: () => void begin.run(),
    /** It goes on from where it began. */
    undo: () => void undo.run(),
    end: () => void end.run(),
  }
}
