import { setTimeout as pause } from 'node:timers/promises'

/** How often foreground (`first`) and background processes retry the write lock. */
const RETRY_MS = { first: 1, other: 4 }
const PATIENCE_MS = 60_000
/** Longest wait for a writer with priority. */
const POLITE_MS = 2_000

/** Another connection holds the write lock. */
export class LockTakenError extends Error {
  override name = 'LockTakenError'
}

/**
 * Write lock queue. SQLite gives a free lock to whoever asks first, so that a click could lose
 * again and again to two background writers.
 */
export class WriteLockQueue {
  /** Count of waiting writers, for a lower-priority thread of this process. */
  readonly waiting = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  readonly #waiting = new Int32Array(this.waiting)
  readonly #ahead: Int32Array | undefined
  #retryMs = RETRY_MS.other
  /** Time since which one of them waits or writes. */
  #asked: number | undefined

  /** @param ahead the `waiting` count of the writers with priority */
  constructor(ahead?: SharedArrayBuffer) {
    this.#ahead = ahead === undefined ? undefined : new Int32Array(ahead)
  }

  takePriority(): void {
    this.#retryMs = RETRY_MS.first
  }

  /**
   * Retries `begin` until the write lock is free, waiting outside of SQLite.
   * @param begin throws a LockTakenError while the lock is held
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
   * Called right before the lock is requested.
   * @throws LockTakenError where a writer with priority waits
   */
  require(): void {
    const waited = performance.now() - (this.#asked ?? -Infinity)
    const isAnothers = this.#ahead !== undefined && Atomics.load(this.#ahead, 0) > 0
    if (isAnothers && waited <= POLITE_MS) throw new LockTakenError("it is somebody else's turn")
  }
}
