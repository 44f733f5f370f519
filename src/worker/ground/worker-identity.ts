import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { WorkerIdentity } from '../../engine/lifecycle/workers.ts'
import { packageVersion } from '../../installation.ts'

/** A name that tells people where the worker is; jobs are fenced by their claims. */
export function workerName(pid = process.pid): string {
  return `${hostname()}:${pid}`
}

/** This process as a worker. It is another one with every start. */
export function workerIdentity(name = workerName()): WorkerIdentity {
  return {
    id: randomUUID(),
    name,
    host: hostname(),
    version: packageVersion(),
    started_at: new Date().toISOString(),
  }
}
