import { setTimeout as pause } from 'node:timers/promises'

/** How often who waits asks for the lock; and who works in the background, where people wait too. */
const RETRY_MS = { first: 1, other: 4 }
const PATIENCE_MS = 60_000
/** How long somebody else's turn is waited for: not for ever. */
const POLITE_MS = 2_000

/** Somebody else writes just now. */
export class LockTakenError extends Error {
  override name = 'LockTakenError'
}

/**
 * Whose turn it is to write. SQLite lets in whoever asks first when its lock is free: a click could
 * lose again and again to two who work in the background.
 */
export class WriteLockQueue {
  /** How many wait, for a thread of the same process that is to come behind them. */
  readonly waiting = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  readonly #waiting = new Int32Array(this.waiting)
  readonly #ahead: Int32Array | undefined
  #retryMs = RETRY_MS.other
  /** Since when one of these waits or writes. */
  #asked: number | undefined

  /** @param ahead the `waiting` of those who come first */
  constructor(ahead?: SharedArrayBuffer) {
    this.#ahead = ahead === undefined ? undefined : new Int32Array(ahead)
  }

  goFirst(): void {
    this.#retryMs = RETRY_MS.first
  }

  /**
   * Tries to begin until the lock is free, outside of SQLite.
   * @param begin throws a LockTakenError where it is not
   */
  async take<Result>(begin: () => Promise<Result>): Promise<Result> {
    const asked = performance.now()
    this.#asked ??= asked
    Atomics.add(this.#waiting, 0, 1)
    try {
      for (;;) {
        const isLate = performance.now() - asked > PATIENCE_MS
        try {
          return await begin()
        } catch (error) {
          if (!(error instanceof LockTakenError)) throw error
          if (isLate) throw error.cause
        }
        await pause(this.#retryMs)
      }
    } finally {
      Atomics.sub(this.#waiting, 0, 1)
      this.#asked = undefined
    }
  }

  /**
   * Called right before the lock is asked for.
   * @throws LockTakenError where somebody waits who comes first
   */
  require(): void {
    const waited = performance.now() - (this.#asked ?? -Infinity)
    const isAnothers = this.#ahead !== undefined && Atomics.load(this.#ahead, 0) > 0
    if (isAnothers && waited <= POLITE_MS) throw new LockTakenError("it is somebody else's turn")
  }
}
