import { Worker } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'
import { programFile, SMALL_THREAD } from '../../../installation.ts'
import type { ReadPlan, RowPosition, RowsPage } from '../../export-rows.ts'

/** A request for a page, with memory that it may reuse, or for the number of rows. */
export type Wanted = { after: RowPosition; loose: boolean; memory: ArrayBuffer[] } | 'count'
/** Requests are processed in order; `end` comes after all earlier ones. */
export type ThreadRequest = Wanted | 'end'
export type Found = RowsPage | { count: number }
/** In request order. Between threads a SQLite error loses its code, so it is sent apart. */
export type ThreadAnswer = Found | { message: string; code: string }

/**
 * Reads rows in a worker thread with its own connection, so that a long statement does not block
 * the process.
 */
export class ReadingThread {
  readonly #thread: Worker
  readonly #waiting: PromiseWithResolvers<Found>[] = []
  #failure: unknown
  /** Also resolves on failure, where `once` of node:events would reject. */
  readonly #over: Promise<void>

  constructor(file: string, plan: ReadPlan) {
    this.#thread = new Worker(programFile('db/sqlite/rows/rows-thread'), {
      workerData: { file, plan },
      resourceLimits: SMALL_THREAD,
    })
    this.#thread.on('message', (answer: ThreadAnswer) => {
      const next = this.#waiting.shift()
      if ('code' in answer) next?.reject(new Sqlite.SqliteError(answer.message, answer.code))
      else next?.resolve(answer)
    })
    this.#thread.on('error', (error) => {
      this.#failure = error
      for (const next of this.#waiting.splice(0)) next.reject(error)
    })
    this.#over = new Promise((resolve) => this.#thread.once('exit', () => resolve()))
    process.on('exit', this.#endWithoutIt)
  }

  async ask(wanted: Wanted, moved: ArrayBuffer[] = []): Promise<Found> {
    if (this.#failure !== undefined) throw this.#failure
    const next = Promise.withResolvers<Found>()
    this.#waiting.push(next)
    this.#thread.postMessage(wanted, moved)
    return await next.promise
  }

  /** The thread exits itself: terminating it inside better-sqlite3 may abort the process. */
  async end(): Promise<void> {
    this.#thread.postMessage('end' satisfies ThreadRequest)
    await this.#over
    process.off('exit', this.#endWithoutIt)
  }

  /** A thread inside SQLite can't be terminated: the process would wait until it returns. */
  readonly #endWithoutIt = () => {
    if (this.#waiting.length > 0) process.kill(process.pid, 'SIGKILL')
  }
}
