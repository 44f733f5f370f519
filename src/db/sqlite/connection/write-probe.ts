import { setTimeout as pause } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'

const RETRY_MS = 5

/**
 * Whether a write can start within `patienceMs` milliseconds, tried on a separate connection so
 * that its retries block nobody.
 */
export async function probeWrites(file: string, patienceMs: number): Promise<boolean> {
  const handle = new Sqlite(file, { timeout: 0, fileMustExist: true })
  try {
    const until = performance.now() + patienceMs
    while (!isFree(handle)) {
      if (performance.now() > until) return false
      await pause(RETRY_MS)
    }
    return true
  } finally {
    handle.close()
  }
}

function isFree(handle: Sqlite.Database): boolean {
  try {
    handle.exec('begin immediate')
    handle.exec('rollback')
    return true
  } catch (error) {
    const isBusy = error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')
    if (!isBusy) throw error
    return false
  }
}
