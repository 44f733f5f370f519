import type { WorkerIdentity } from '../../../src/engine/lifecycle/workers.ts'
import { NOON, WORKER } from './a-job.ts'

/** A worker process that is known by this name; of each there is one. */
export function anIdentity(name = WORKER): WorkerIdentity {
  const started_at = NOON.toISOString()
  return { id: name, name, host: 'here', version: '0', process: null, started_at }
}
