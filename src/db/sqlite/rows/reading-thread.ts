import { Worker } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'
import { programFile, SMALL_THREAD } from '../../../installation.ts'
import type { ReadPlan, RowPosition, RowsPage } from '../../target.ts'

/** What a page is read by, and memory that it may take; or how many rows there are in all. */
export type Wanted = { after: RowPosition; loose: boolean; memory: ArrayBuffer[] } | 'count'
/** Behind all that was wanted before. */
export type Order = Wanted | 'end'
export type Found = RowsPage | { count: number }
/** In the order of what was wanted. An error of SQLite loses its code on the way between threads. */
export type ThreadAnswer = Found | { message: string; code: string }

/**
 * A thread that reads rows over a connection of its own: no statement is so long that the process
 * is deaf meanwhile.
 */
export class ReadingThread {
  readonly #thread: Worker
  readonly #waiting: PromiseWithResolvers<Found>[] = []
  #failure: unknown
  /** Also where it failed, which `once` of node:events would answer with the failure. */
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

  /** It ends itself: to terminate one that is inside of better-sqlite3 may abort the process. */
  async end(): Promise<void> {
    this.#thread.postMessage('end' satisfies Order)
    await this.#over
    process.off('exit', this.#endWithoutIt)
  }

  /** One that is inside of SQLite can't be ended: the process would wait until it comes out. */
  readonly #endWithoutIt = () => {
    if (this.#waiting.length > 0) process.kill(process.pid, 'SIGKILL')
  }
}
