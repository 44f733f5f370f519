import type { Db } from '../db/store.ts'
import { clearLeftover, sweep, type Stuck } from '../engine/leftovers.ts'
import { discardFiles } from '../pipeline/export.ts'

const FILES = { discardPart: discardFiles }

/** Clears away what a job leaves that is over for good; one that failed may go on. */
export async function clearUp(db: Db, jobId: number): Promise<void> {
  const stuck = await clearLeftover(db, jobId, FILES)
  if (stuck !== undefined) tellStuck(stuck)
}

/** Goes on with what processes that died have left. */
export async function clearUpAll(db: Db, signal?: AbortSignal): Promise<void> {
  for (const stuck of await sweep(db, FILES, signal)) tellStuck(stuck)
}

/** Does so whenever it is asked to, beside all else. */
export function startClearing(db: Db): { ask(): void; stop(): Promise<void> } {
  const stopping = new AbortController()
  let isAsked = false
  let clearing: Promise<void> | undefined
  const clear = async () => {
    while (isAsked && !stopping.signal.aborted) {
      isAsked = false
      try {
        await clearUpAll(db, stopping.signal)
      } catch (error) {
        console.error('Clearing away what jobs have left failed:', error)
      }
    }
    clearing = undefined
  }
  return {
    ask() {
      isAsked = true
      clearing ??= clear()
    },
    async stop() {
      stopping.abort()
      await clearing
    },
  }
}

function tellStuck({ id, error }: Stuck): void {
  console.error(`What job ${id} has left can't be removed; it is tried again later:`, error)
}
