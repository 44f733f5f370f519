import { Worker } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'
import { programFile, SMALL_THREAD } from '../../installation.ts'
import type { ExportRows, ReadPlan, RowPosition, RowsPage } from '../target.ts'

/** What a page is read by, and memory that it may take. */
export type Wanted = { after: RowPosition; decoded: boolean; memory: ArrayBuffer[] }
/** In the order of what was wanted. An error of SQLite loses its code on the way between threads. */
export type Answer = RowsPage | { message: string; code: string }
type Reading = { after: RowPosition; decoded: boolean; page: Promise<RowsPage> }

/**
 * Pages whose bytes may be in use: the last one read, once more where it had to be decoded, and the
 * one before, which is on its way out.
 */
const HELD_PAGES = 3

/**
 * Reads rows in a thread, over a connection of its own, and one page ahead: while one is written,
 * the next is read. Memory goes back and forth: new memory for each page costs as much as filling it.
 */
export function openRowsBeside(file: string, plan: ReadPlan): ExportRows {
  const thread = new Worker(programFile('db/sqlite/rows-thread'), {
    workerData: { file, plan },
    resourceLimits: SMALL_THREAD,
  })
  const waiting: PromiseWithResolvers<RowsPage>[] = []
  const held: ArrayBuffer[] = []
  let failure: unknown
  thread.on('message', (answer: Answer) => {
    const next = waiting.shift()
    if ('code' in answer) next?.reject(new Sqlite.SqliteError(answer.message, answer.code))
    else next?.resolve(answer)
  })
  thread.on('error', (error) => {
    failure = error
    for (const next of waiting.splice(0)) next.reject(error)
  })
  // A thread that is inside of SQLite can't be ended: the process would wait until it comes out.
  const endWithoutIt = () => {
    if (waiting.length > 0) process.kill(process.pid, 'SIGKILL')
  }
  process.on('exit', endWithoutIt)
  let ahead: Reading | undefined = begin(plan.from, false)

  return {
    async read(after, { decoded } = { decoded: false }) {
      const reading =
        ahead?.decoded === decoded && isSame(ahead.after, after) ? ahead : begin(after, decoded)
      const { page, position } = await reading.page
      // A buffer comes out of another thread as the array that it is made of.
      const { buffer, byteOffset, length } = page.bytes
      // What is read once more was of no use: the one before that is still on its way out.
      if (decoded) held.pop()
      if (buffer instanceof ArrayBuffer) held.push(buffer)
      ahead = page.rows === 0 ? undefined : begin(position, false)
      return { page: { bytes: Buffer.from(buffer, byteOffset, length), rows: page.rows }, position }
    },
    async close() {
      process.off('exit', endWithoutIt)
      await thread.terminate()
    },
  }

  function begin(after: RowPosition, decoded: boolean): Reading {
    const next = Promise.withResolvers<RowsPage>()
    // Nobody may come for it.
    next.promise.catch(() => undefined)
    if (failure === undefined) {
      waiting.push(next)
      const memory = held.splice(0, held.length - HELD_PAGES)
      thread.postMessage({ after, decoded, memory } satisfies Wanted, memory)
    } else {
      next.reject(failure)
    }
    return { after, decoded, page: next.promise }
  }
}

function isSame(one: RowPosition, other: RowPosition): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
