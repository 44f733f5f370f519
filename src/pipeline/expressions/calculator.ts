import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { UnusableError } from '../../domain/words/errors.ts'
import { programFile } from '../../installation.ts'

/** The names of the values of a record, and the expressions over them. */
export type Setup = { names: string[]; sources: string[] }
/** The results of a batch as JSON, or why there are none. */
export type Answer = { results: string } | { detail: string }
/** The text that an expression gave for a record, or, in an array, the message of its error. */
export type Calculated = string | [string]

/** For a batch, which has at most a thousand records: ten milliseconds for each. */
const PATIENCE_MS = 10_000

/**
 * Calculates expressions in a thread of its own. QuickJS, compiled to WebAssembly, gives them
 * nothing of this process; the thread is terminated where one does not end, since some loops of
 * QuickJS take no interrupt.
 */
export class Calculator {
  readonly #thread: Worker

  private constructor(thread: Worker) {
    this.#thread = thread
  }

  /** @throws UnusableError if a source is no expression */
  static async start({ names, sources }: Setup): Promise<Calculator> {
    const thread = new Worker(programFile('pipeline/expressions/calculator-thread'), {
      workerData: { names, sources } satisfies Setup,
    })
    const calculator = new Calculator(thread)
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
