/** Maximum number of cached responses, one per key. */
const MOST = 500

/** A response that can be sent again. */
export type CachedResponse = { headers: Record<string, string>; body: ArrayBuffer }

/**
 * Response cache: the newest response per key, so that a hundred pages that watch one job cost one
 * rendering per change. Every visible change of a job raises its revision; what depends only on
 * time, such as the time left, may be as old as the last change.
 */
export class ResponseCache {
  readonly #kept = new Map<
    string,
    { revision: number; answer: Promise<CachedResponse | undefined> }
  >()

  /**
   * @param revision the job's current revision; a response to an older one is rendered again
   * @param draw returns undefined where the response must not be cached
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
    // A failed response is not cached; this caller gets the error below.
    answer.then((drawn) => drawn === undefined && forget(), forget)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST) break
      this.#kept.delete(oldest)
    }
    return await answer
  }
}
