import { setTimeout as pause } from 'node:timers/promises'
import type Sqlite from 'better-sqlite3'

/** In pages of four kilobytes. */
const LONG = 8_000
const VERY_LONG = 32_000

const ATTEMPTS = 3
const RETRY_MS = 5
const PATIENCE_MS = 1_000

/** Where SQLite writes first, and from where pages are moved into the database. */
export type Log = {
  leaveToOthers(): void
  /** Follows each commit. It never fails: what is committed is committed. */
  checkpointWal(): Promise<void>
}

type Length = { log: number; checkpointed: number; busy: number }

/**
 * Keeps the log short. It is begun anew only when all of it is in the database, and a process that
 * moves it takes no notice of what others add meanwhile. So where two write without a break, the
 * moment never comes, and the log grows until those have to move it who must not stand still.
 * Therefore whoever writes waits, while the log is long, until it is moved.
 */
export function openLog(handle: Sqlite.Database): Log {
  handle.pragma(`wal_autocheckpoint = ${LONG}`)
  let statements: ReturnType<typeof prepare> | undefined
  let isLeft = false

  return {
    leaveToOthers() {
      isLeft = true
      handle.pragma(`wal_autocheckpoint = ${VERY_LONG}`)
    },
    async checkpointWal() {
      if (isLeft) return
      try {
        statements ??= prepare(handle)
        await untilCheckpointed(statements)
      } catch {
        // Whoever writes next tries again, as with what SQLite itself moves.
      }
    },
  }
}

function prepare(handle: Sqlite.Database) {
  return {
    look: handle.prepare<[], Length>('pragma wal_checkpoint(noop)'),
    move: handle.prepare<[], Length>('pragma wal_checkpoint(passive)'),
  }
}

async function untilCheckpointed({ look, move }: ReturnType<typeof prepare>): Promise<void> {
  const patience = performance.now() + PATIENCE_MS
  let attempts = ATTEMPTS
  while (attempts > 0 && isToBeMoved(look.get()) && performance.now() < patience) {
    // Somebody else may be at it; or somebody reads what is older, for however long.
    if (move.get()?.busy === 1) await pause(RETRY_MS)
    else attempts--
  }
}

function isToBeMoved(length: Length | undefined): boolean {
  return length !== undefined && length.log >= LONG && length.checkpointed < length.log
}
