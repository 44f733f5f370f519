/**
 * Asks which of the next records will be refused while those before are being written: the query
 * waits behind them on the connection, so that the server never waits for the program.
 */
export class LookAhead<Group, Broken> {
  #next: Group | undefined
  #ask: ((group: Group) => Promise<Broken>) | undefined
  #asked: { group: Group; broken: Promise<Broken | undefined> } | undefined

  /** Called for all records, once they are known; undefined where nothing is to be asked of them. */
  offer(group: Group | undefined): void {
    this.#next = group
    this.#askForNext()
  }

  /** The connection is free when this returns. */
  async during<Result>(
    writing: Promise<Result>,
    ask: (group: Group) => Promise<Broken>,
  ): Promise<Result> {
    this.#ask = ask
    this.#askForNext()
    try {
      return await writing
    } finally {
      this.#ask = undefined
      await this.#asked?.broken
    }
  }

  /** What was asked for the group; undefined where that failed, or was not asked. */
  async take(group: Group): Promise<Broken | undefined> {
    const asked = this.#asked
    this.#asked = undefined
    if (this.#next === group) this.#next = undefined
    return asked?.group === group ? await asked.broken : undefined
  }

  /** The table has changed since. */
  drop(): void {
    this.#next = undefined
    this.#asked = undefined
  }

  #askForNext(): void {
    const group = this.#next
    if (this.#ask === undefined || group === undefined) return
    this.#next = undefined
    // Whoever asks again meets the error.
    this.#asked = { group, broken: this.#ask(group).catch(() => undefined) }
  }
}
