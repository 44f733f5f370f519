/** Who should be alive: a worker's or a claim's id, and what was last written to show it. */
export type LifeSign = { key: string; sign: string }

/**
 * However long nobody looked, it counts for no more: a process that was held up itself, and the
 * whole machine with it, has not seen that others were silent.
 */
const LONGEST_LOOK_MS = 4_000

/**
 * How long each worker's sign of life has stood unchanged, by a clock of this process that nobody
 * sets. The times that workers write are only ever compared with themselves: the clocks of two
 * machines differ, and any of them may be set while a job runs.
 */
export class LivenessMonitor {
  readonly #clock: () => number
  #lookedAt: number
  #seen = new Map<string, LifeSign & { silentMs: number }>()

  /** @param clock milliseconds that only ever grow */
  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock
    this.#lookedAt = clock()
  }

  /** Looks at all that should be alive, and tells for how many milliseconds each has been seen silent. */
  observe(signs: LifeSign[]): Map<string, number> {
    const now = this.#clock()
    const passed = Math.min(now - this.#lookedAt, LONGEST_LOOK_MS)
    this.#lookedAt = now
    const seen = signs.map(({ key, sign }) => {
      const before = this.#seen.get(key)
      return { key, sign, silentMs: before?.sign === sign ? before.silentMs + passed : 0 }
    })
    this.#seen = new Map(seen.map((one) => [one.key, one]))
    return new Map(seen.map(({ key, silentMs }) => [key, silentMs]))
  }
}
