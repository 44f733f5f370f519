/** How many ways of looking at jobs are kept: by job, tab, language and what the page shows already. */
const MOST = 500

export type LiveAnswer = { revision: number; html: string }

/**
 * The newest answer for each way of looking at a job, so that a hundred people who watch one job
 * cost one drawing a change. All that a reader sees of a job moves its revision; what only time
 * moves, such as the time left, may be as old as that.
 */
export class LiveAnswers {
  readonly #kept = new Map<string, { revision: number; answer: Promise<LiveAnswer> }>()

  /** @param revision the job's, now; where what is kept is older, it is drawn anew */
  async find(
    way: string,
    revision: number | undefined,
    draw: () => Promise<LiveAnswer>,
  ): Promise<LiveAnswer> {
    const kept = this.#kept.get(way)
    if (kept !== undefined && kept.revision === revision) return await kept.answer

    const answer = draw()
    this.#kept.delete(way)
    if (revision !== undefined) this.#kept.set(way, { revision, answer })
    // One that fails is not for others; whoever asked for it is told below.
    answer.catch(() => this.#kept.delete(way))
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST) break
      this.#kept.delete(oldest)
    }
    return await answer
  }
}
