/** A sign of life: the id of a worker or claim, and the value it wrote last. */
export type LifeSign = { key: string; sign: string }

/**
 * The most that one interval between observations counts: while this process, or the whole machine,
 * was held up itself, it has not observed that others were silent.
 */
const LONGEST_LOOK_MS = 4_000

/**
 * Measures how long each sign of life has stayed unchanged, by this process's monotonic clock. The
 * times that workers write are only compared for equality: clocks of two machines differ, and any
 * of them may be set while a job runs.
 */
export class LivenessMonitor {
  readonly #clock: () => number
  #lookedAt: number
  #isBlind = false
  #seen = new Map<string, LifeSign & { silentMs: number }>()

  /** @param clock monotonic, in milliseconds */
  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock
    this.#lookedAt = clock()
  }

  /** Nothing could be observed: what passes until the next observation is nobody's silence. */
  missed(): void {
    this.#isBlind = true
  }

  /** Observes all current signs; returns the milliseconds of observed silence by key. */
  observe(signs: LifeSign[]): Map<string, number> {
    const now = this.#clock()
    const passed = this.#isBlind ? 0 : Math.min(now - this.#lookedAt, LONGEST_LOOK_MS)
    this.#isBlind = false
    this.#lookedAt = now
    const seen = signs.map(({ key, sign }) => {
      const before = this.#seen.get(key)
      return { key, sign, silentMs: before?.sign === sign ? before.silentMs + passed : 0 }
    })
    this.#seen = new Map(seen.map((one) => [one.key, one]))
    return new Map(seen.map(({ key, silentMs }) => [key, silentMs]))
  }
}
