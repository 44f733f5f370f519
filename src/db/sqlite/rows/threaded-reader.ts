import { UnusableError } from '../../../domain/words/errors.ts'
import type { ExportRows, ReadPlan, RowPosition, RowsPage } from '../../export-rows.ts'
import { ReadingThread } from './reading-thread.ts'
import { isSqlFault } from '../tables/usable.ts'

type PageRequest = { after: RowPosition; loose: boolean; page: Promise<RowsPage> }

/**
 * Pages whose memory may be in use: the last one read, its second reading where it had to be
 * `loose`, and the one before, which is still being written.
 */
const HELD_PAGES = 3

/**
 * Reads rows in a thread, one page ahead: the next page is read while one is written. Page memory
 * is passed back for reuse, since allocating it costs as much as filling it.
 */
export function openRowsBeside(file: string, plan: ReadPlan): ExportRows {
  const thread = new ReadingThread(file, plan)
  const held: ArrayBuffer[] = []
  let counting: ReadingThread | undefined
  let ahead: PageRequest | undefined = begin(plan.from, false)

  return {
    async count() {
      // In a second thread, since the first is already reading.
      counting ??= new ReadingThread(file, plan)
      const found = await counting.ask('count').finally(() => counting?.end())
      return 'count' in found ? found.count : 0
    },
    async read(after, { loose } = { loose: false }) {
      const reading =
        ahead?.loose === loose && isSame(ahead.after, after) ? ahead : begin(after, loose)
      const { page, position } = await reading.page
      // A buffer arrives from another thread as a Uint8Array.
      const { buffer, byteOffset, length } = page.bytes
      if (buffer instanceof ArrayBuffer) held.push(buffer)
      ahead = page.rows === 0 ? undefined : begin(position, loose)
      return { page: { ...page, bytes: Buffer.from(buffer, byteOffset, length) }, position }
    },
    async close() {
      await Promise.all([thread.end(), counting?.end()])
    },
  }

  function begin(after: RowPosition, loose: boolean): PageRequest {
    const memory = held.splice(0, held.length - HELD_PAGES)
    const page = pageOf(after, loose, memory)
    // The page may never be requested: avoids an unhandled rejection.
    page.catch(() => undefined)
    return { after, loose, page }
  }

  async function pageOf(after: RowPosition, loose: boolean, memory: ArrayBuffer[]) {
    const found = await thread.ask({ after, loose, memory }, memory).catch(refuse)
    if ('count' in found) throw new Error('the rows were asked for, not their number')
    return found
  }

  /** A function called by a view or a generated column may fail at a row. */
  function refuse(error: unknown): never {
    if (!isSqlFault(error)) throw error
    const { name } = plan.table
    throw new UnusableError({ problem: 'table_unusable', table: name, detail: error.message })
  }
}

function isSame(one: RowPosition, other: RowPosition): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
