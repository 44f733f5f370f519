import { randomInt } from 'node:crypto'

/** `npm run faults` takes its time; `npm test` has the same cases with fewer rounds. */
export const isLong = process.env['TALLYMAN_FAULTS'] === 'long'

/** So many rounds in the short form, and so many in the long one. */
export function rounds(short: number, long: number): number {
  return isLong ? long : short
}

/**
 * What is left to chance in this run. `npm test` leaves the same to it every time, so that no change is
 * blamed for what another did; the long form draws anew.
 */
export const SEED = Number(process.env['TALLYMAN_TEST_SEED'] ?? (isLong ? randomInt(2 ** 31) : 1))

/** The seed of a test, told so that a run can be repeated. */
export function aSeed(test: string): number {
  console.log(`${test}: TALLYMAN_TEST_SEED=${SEED}`)
  return SEED
}

/** What is left to chance, the same again for the same seed. */
export class Chance {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  /** A whole number from 0 up to, but not including, `below` (mulberry32). */
  below(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }

  shuffled<Each>(each: readonly Each[]): Each[] {
    const drawn = each.map((one) => ({ one, place: this.below(2 ** 31) }))
    return drawn.sort((a, b) => a.place - b.place).map(({ one }) => one)
  }
}

export function aChance(test: string): Chance {
  return new Chance(aSeed(test))
}
