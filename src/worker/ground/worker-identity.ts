import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Store } from '../../db/store.ts'
import type { WorkerIdentity } from '../../engine/lifecycle/workers.ts'
import { packageVersion } from '../../installation.ts'

/** `host:pid`, for people only; jobs are fenced by their claims. */
export function workerName(pid = process.pid): string {
  return `${hostname()}:${pid}`
}

/** The identity of this process as a worker; each call has a new id. */
export function workerIdentity(
  { process }: Pick<Store, 'process'>,
  name = workerName(),
): WorkerIdentity {
  return {
    id: randomUUID(),
    name,
    host: hostname(),
    version: packageVersion(),
    process,
    started_at: new Date().toISOString(),
  }
}
