/**
 * Counters stored with the job and updated by every batch. `empty` counts physical lines,
 * `errors` and `warnings` messages, all others records.
 */
const NONE = {
  processed: 0,
  success: 0,
  empty: 0,
  errors: 0,
  warnings: 0,
  rejects: 0,
  doubles: 0,
  duplicates: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  deleted: 0,
  reconciled: 0,
  ignored: 0,
  /** Among `ignored`: those that the filter leaves out, and those before the first one wanted. */
  filtered: 0,
}
export type Counters = typeof NONE
export type Counter = keyof Counters

export const COUNTERS = Object.keys(NONE).filter(isCounter)

export function noCounters(): Counters {
  return { ...NONE }
}

function isCounter(name: string): name is Counter {
  return Object.hasOwn(NONE, name)
}

/** The successful outcomes of a record; each successful record has exactly one. */
export const SUCCESSES = [
  'inserted',
  'updated',
  'unchanged',
  'deleted',
  'reconciled',
] as const satisfies Counter[]

/** The sums of the tally and their terms. */
const SUMS = [
  { sum: 'processed', terms: ['success', 'ignored', 'rejects'] },
  { sum: 'success', terms: SUCCESSES },
] as const satisfies { sum: Counter; terms: readonly Counter[] }[]

/** Each sum of the tally: its counter (`is`), and what its terms add up to (`make`). */
export function sumsOf(counters: Counters) {
  return SUMS.map(({ sum, terms }) => ({
    sum,
    is: counters[sum],
    terms,
    make: terms.reduce((all, term) => all + counters[term], 0),
  }))
}

/**
 * Whether every processed record is accounted for. `total` is null until the end of the source was
 * read.
 */
export function balances(counters: Counters, total: number | null): boolean {
  return (
    sumsOf(counters).every(({ is, make }) => is === make) &&
    (total === null || total >= counters.processed)
  )
}
