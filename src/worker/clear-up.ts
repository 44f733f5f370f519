import type { Db } from '../db/store.ts'
import { troubleOf } from '../db/trouble.ts'
import { clearLeftover, sweep } from '../engine/leftovers.ts'
import { discardFiles } from '../pipeline/export.ts'

const FILES = { discardPart: discardFiles }

export type Clearing = {
  /** Somebody has left something. */
  ask(): void
  /** Waits for what is under way. */
  done(): Promise<void>
  stop(): Promise<void>
}

/**
 * Clears away what a job leaves that is over for good; one that failed may go on. A job has ended as
 * it has ended, also where this can't be done.
 */
export async function clearUp(db: Db, jobId: number, signal?: AbortSignal): Promise<void> {
  try {
    const stuck = await clearLeftover(db, jobId, FILES, signal)
    if (stuck !== undefined) tellStuck(stuck.id, stuck.error)
  } catch (error) {
    tellStuck(jobId, error)
  }
}

/**
 * Goes on with what processes that died have left.
 * @param told jobs of which it was told that something can't be removed: once is enough
 */
export async function clearUpAll(
  db: Db,
  signal?: AbortSignal,
  told = new Set<number>(),
): Promise<void> {
  for (const { id, error } of await sweep(db, FILES, signal)) {
    if (!told.has(id)) tellStuck(id, error)
    told.add(id)
  }
}

/** Does so whenever it is asked to, beside all else: what a large job leaves holds nobody up. */
export function startClearing(db: Db): Clearing {
  const stopping = new AbortController()
  const told = new Set<number>()
  let isAsked = false
  let clearing: Promise<void> | undefined
  const clear = async () => {
    while (isAsked && !stopping.signal.aborted) {
      isAsked = false
      try {
        await clearUpAll(db, stopping.signal, told)
      } catch (error) {
        console.error('Clearing away what jobs have left failed:', reasonOf(error))
      }
    }
    clearing = undefined
  }
  return {
    ask() {
      isAsked = true
      clearing ??= clear()
    },
    async done() {
      await clearing
    },
    async stop() {
      stopping.abort()
      await clearing
    },
  }
}

function tellStuck(id: number, error: unknown): void {
  const sentence = `What job ${id} has left can't be removed; it is tried again later:`
  console.error(sentence, reasonOf(error))
}

/** Of what the database or the system refuses, the message is the whole story. */
function reasonOf(error: unknown): unknown {
  const isKnown = troubleOf(error) !== undefined || (error instanceof Error && 'syscall' in error)
  return isKnown && error instanceof Error ? error.message : error
}
