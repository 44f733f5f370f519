import type { Store } from '../../db/store.ts'
import type { ChangeMark } from '../../domain/records/change-window.ts'
import type { ExportSpecification } from '../../domain/specification/specification.ts'
import type { Resume, RunPorts } from '../ports.ts'

export type ExportRun = {
  store: Store
  jobId: number
  specification: ExportSpecification
  resume: Resume
  /** The most records that the job had reached when its worker died; null if none died. */
  diedAfter: number | null
  /** The last finished run of the same template, for the same rows; undefined if there is none. */
  lastRun(): Promise<FinishedRun | undefined>
  /** The folder for results that belong to Tallyman. */
  outbox?: string | undefined
  ports: RunPorts
}

/** A finished run of a differential export: its job, and up to where it came. */
export type FinishedRun = { job: number; mark: ChangeMark | null }
