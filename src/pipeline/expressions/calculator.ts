import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { UnusableError } from '../../domain/words/errors.ts'
import { programFile } from '../../installation.ts'

/** The names of the values of a record, and the expressions over them. */
export type Setup = { names: string[]; sources: string[] }
/** The results of a batch as JSON, or why there are none. */
export type Answer = { results: string } | { detail: string }
/**
 * The text that an expression gave for a record, or, in an array, the message of its error; null for
 * a record whose expressions do not end.
 */
export type Calculated = string | [string] | null

/** A record, and where it is told to be. */
export type CalculatedRecord = { record: number; line: number; values: readonly string[] }

/** For a batch, which has at most two thousand records: five milliseconds for each. */
const PATIENCE_MS = 10_000
/** For a record by itself, once its batch did not end. */
export const PATIENCE_SECONDS = 2
/** So many records that do not end are rejected; with another, the expression is at fault. */
const MOST_ENDLESS = 5

/**
 * Calculates expressions in a thread of its own. QuickJS, compiled to WebAssembly, gives them
 * nothing of this process; the thread is terminated where one does not end, since some loops of
 * QuickJS take no interrupt.
 */
export class Calculator {
  readonly #setup: Setup
  #thread: Worker
  /** The lines of records that did not end, by record number. */
  readonly #endless = new Map<number, number>()

  private constructor(setup: Setup) {
    this.#setup = setup
    this.#thread = threadOf(setup)
  }

  /** @throws UnusableError if a source is no expression */
  static async start({ names, sources }: Setup): Promise<Calculator> {
    const calculator = new Calculator({ names, sources })
    try {
      await calculator.#answer(PATIENCE_MS)
      return calculator
    } catch (error) {
      await calculator.stop()
      throw error
    }
  }

  /**
   * @param patienceMs the longest that it may take
   * @throws UnusableError if they do not end, or need too much memory together
   */
  async calculate(
    records: readonly (readonly string[])[],
    patienceMs = PATIENCE_MS,
  ): Promise<Calculated[][]> {
    if (records.length === 0) return []
    this.#thread.postMessage(JSON.stringify(records))
    const { results } = await this.#answer(patienceMs)
    const parsed: Calculated[][] = JSON.parse(results)
    return parsed
  }

  /**
   * The same for the records of a job: where a batch does not end, its records are calculated one by
   * one, so that only those that do not end have no results.
   * @throws UnusableError that says on which lines they are, if they are too many
   */
  async calculateEach(records: readonly CalculatedRecord[]): Promise<Calculated[][]> {
    const open = records.filter(({ record }) => !this.#endless.has(record))
    const results = await this.#resultsOf(open)
    return records.map(({ record }) => results.get(record) ?? this.#all(null))
  }

  async #resultsOf(records: CalculatedRecord[]): Promise<Map<number, Calculated[]>> {
    const results = new Map<number, Calculated[]>()
    const all = await this.#tryAll(records, PATIENCE_MS)
    if (Array.isArray(all)) {
      records.forEach(({ record }, at) => results.set(record, all[at] ?? []))
      return results
    }
    for (const one of records) {
      const alone = await this.#tryAll([one], 1_000 * PATIENCE_SECONDS)
      if (alone === undefined) this.#reject(one)
      else
        results.set(one.record, Array.isArray(alone) ? (alone[0] ?? []) : this.#all([alone.detail]))
    }
    return results
  }

  /**
   * With a new thread, undefined where they do not end, and the message of an error of all of them:
   * their results need too much memory.
   */
  async #tryAll(
    records: CalculatedRecord[],
    ms: number,
  ): Promise<Calculated[][] | { detail: string } | undefined> {
    if (records.length === 0) return []
    this.#thread.postMessage(JSON.stringify(records.map(({ values }) => values)))
    const answer = await this.#next(ms)
    if (answer !== undefined && 'results' in answer) {
      const parsed: Calculated[][] = JSON.parse(answer.results)
      return parsed
    }
    await this.stop()
    this.#thread = threadOf(this.#setup)
    await this.#answer(PATIENCE_MS)
    return answer
  }

  #reject({ record, line }: CalculatedRecord): void {
    this.#endless.set(record, line)
    if (this.#endless.size <= MOST_ENDLESS) return
    const lines = [...this.#endless.values()].join(', ')
    throw new UnusableError({ problem: 'endless_records', lines })
  }

  /** The same result of each expression. */
  #all(result: Calculated): Calculated[] {
    return this.#setup.sources.map(() => result)
  }

  async stop(): Promise<void> {
    await this.#thread.terminate()
  }

  async #answer(patienceMs: number): Promise<{ results: string }> {
    const answer = await this.#next(patienceMs)
    if (answer === undefined) {
      await this.stop()
      throw new UnusableError({ problem: 'endless_expression' })
    }
    if ('results' in answer) return answer
    throw new UnusableError({ problem: 'no_expression', detail: answer.detail })
  }

  /** Undefined where the patience ends, or the thread does, which only memory makes it do. */
  async #next(patienceMs: number): Promise<Answer | undefined> {
    try {
      const signal = AbortSignal.timeout(patienceMs)
      const [answer]: Answer[] = await once(this.#thread, 'message', { signal })
      return answer
    } catch {
      return undefined
    }
  }
}

function threadOf({ names, sources }: Setup): Worker {
  return new Worker(programFile('pipeline/expressions/calculator-thread'), {
    workerData: { names, sources } satisfies Setup,
  })
}
