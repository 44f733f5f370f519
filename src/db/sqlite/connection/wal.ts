import { setTimeout as pause } from 'node:timers/promises'
import type Sqlite from 'better-sqlite3'

/** WAL lengths in pages of 4 KB. */
const LONG = 8_000
const VERY_LONG = 32_000

const ATTEMPTS = 3
const RETRY_MS = 5
const PATIENCE_MS = 1_000

/** The write-ahead log, whose pages checkpoints move into the database file. */
export type Log = {
  leaveToOthers(): void
  /** Called after each commit. It never throws, since the commit is already durable. */
  checkpointWal(): Promise<void>
}

type Length = { log: number; checkpointed: number; busy: number }

/**
 * Keeps the WAL short by checkpoints. SQLite restarts the WAL only when all of it is in the
 * database, and a checkpoint ignores frames that others append meanwhile. So with two constant
 * writers the WAL never restarts, and grows until the process that must stay responsive has to
 * checkpoint it. Therefore writers wait, while the WAL is long, until it is checkpointed.
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
        // The next writer tries again, as with SQLite's automatic checkpoint.
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
    // Another connection may be checkpointing, or a long reader may hold an old snapshot.
    if (move.get()?.busy === 1) await pause(RETRY_MS)
    else attempts--
  }
}

function isToBeMoved(length: Length | undefined): boolean {
  return length !== undefined && length.log >= LONG && length.checkpointed < length.log
}
