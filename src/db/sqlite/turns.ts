import { setTimeout as pause } from 'node:timers/promises'

/** How often who waits asks for the lock; and who works in the background, where people wait too. */
const RETRY_MS = { first: 1, other: 4 }
const PATIENCE_MS = 60_000
/** How long somebody else's turn is waited for: not for ever. */
const POLITE_MS = 2_000

/**
 * Whose turn it is to write. SQLite lets in whoever asks first when its lock is free: a click could
 * lose again and again to two who work in the background.
 */
export class Turns {
  /** How many wait, for a thread of the same process that is to come behind them. */
  readonly waiting = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  readonly #waiting = new Int32Array(this.waiting)
  readonly #ahead: Int32Array | undefined
  #retryMs = RETRY_MS.other

  /** @param ahead the `waiting` of those who come first */
  constructor(ahead?: SharedArrayBuffer) {
    this.#ahead = ahead === undefined ? undefined : new Int32Array(ahead)
  }

  goFirst(): void {
    this.#retryMs = RETRY_MS.first
  }

  /** Tries to begin until the lock is free, outside of SQLite. */
  async take(begin: () => Promise<unknown>): Promise<void> {
    const began = performance.now()
    Atomics.add(this.#waiting, 0, 1)
    try {
      for (;;) {
        const waited = performance.now() - began
        if (waited > POLITE_MS || !this.#isAnothers()) {
          try {
            return void (await begin())
          } catch (error) {
            if (!isBusy(error) || waited > PATIENCE_MS) throw error
          }
        }
        await pause(this.#retryMs)
      }
    } finally {
      Atomics.sub(this.#waiting, 0, 1)
    }
  }

  #isAnothers(): boolean {
    return this.#ahead !== undefined && Atomics.load(this.#ahead, 0) > 0
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
}
