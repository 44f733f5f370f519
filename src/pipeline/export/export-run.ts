import type { Store } from '../../db/store.ts'
import type { ExportSpecification } from '../../domain/specification/specification.ts'
import type { Resume, RunPorts } from '../ports.ts'

export type ExportRun = {
  store: Store
  jobId: number
  specification: ExportSpecification
  resume: Resume
  /** The most records that the job had reached when its worker died; null if none died. */
  diedAfter: number | null
  /** The folder for results that belong to Tallyman. */
  outbox?: string | undefined
  ports: RunPorts
}
