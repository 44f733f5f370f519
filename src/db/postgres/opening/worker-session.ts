import type { WorkerSession } from '../../store.ts'
import type { PgAddress } from '../ground/address.ts'
import { beginSession, onWake } from '../own/sessions.ts'
import { connect } from './connect.ts'

/** A heartbeat that takes longer is given up, and its session with it. */
const ANSWER_MS = 3_000

/** One session that is opened again whenever it is lost, each time with a lock of its own. */
export function openWorkerSession(
  address: PgAddress,
  process: string,
  wake: () => void,
): WorkerSession {
  let lockKey: number | null = null
  const { db, driver } = connect(
    { ...address, connectSeconds: Math.min(address.connectSeconds, ANSWER_MS / 1000) },
    {
      process,
      options: { max: 1, idleTimeoutMillis: 0 },
      also: async (client) => {
        lockKey = await beginSession(client)
        onWake(client, wake)
      },
    },
  )
  return {
    db,
    sign: () => ({ lock_key: lockKey }),
    async within(work) {
      const cutting = setTimeout(() => driver.cutAll(), ANSWER_MS)
      try {
        return await work()
      } finally {
        clearTimeout(cutting)
      }
    },
    close: () => db.destroy(),
  }
}
