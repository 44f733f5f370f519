/** How many answers are kept: one for each key. */
const MOST = 500

/** An answer as it was sent, to be sent again. */
export type CachedResponse = { headers: Record<string, string>; body: ArrayBuffer }

/**
 * Response cache: the newest answer for each key, so that a hundred pages that watch one job cost
 * one drawing per change. All that a reader sees of a job raises its revision; what only time
 * changes, such as the time left, may be as old as that.
 */
export class ResponseCache {
  readonly #kept = new Map<
    string,
    { revision: number; answer: Promise<CachedResponse | undefined> }
  >()

  /**
   * @param revision the job's, now; where what is kept is older, it is drawn anew
   * @param draw answers undefined where there is nothing to keep
   */
  async find(
    key: string,
    revision: number,
    draw: () => Promise<CachedResponse | undefined>,
  ): Promise<CachedResponse | undefined> {
    const kept = this.#kept.get(key)
    if (kept !== undefined && kept.revision === revision) return await kept.answer

    const answer = draw()
    this.#kept.delete(key)
    this.#kept.set(key, { revision, answer })
    const forget = () => {
      if (this.#kept.get(key)?.answer === answer) this.#kept.delete(key)
    }
    // One that fails is not for others; whoever asked for it is told below.
    answer.then((drawn) => drawn === undefined && forget(), forget)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST) break
      this.#kept.delete(oldest)
    }
    return await answer
  }
}
