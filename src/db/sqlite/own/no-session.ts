import type { Db, WorkerSession } from '../../store.ts'

/** A file has no sessions: the heartbeat is all that tells of a worker. */
export function noSession(db: Db): WorkerSession {
  return {
    db,
    sign: () => ({ lock_key: null }),
    within: (work) => work(),
    close: () => Promise.resolve(),
  }
}
