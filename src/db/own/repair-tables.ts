/** What became of a reject that somebody edited, repaired or set aside; others are open. */
export type RepairTable = {
  job_id: number
  record: number
  status: 'open' | 'repaired' | 'set_aside'
  /** The record as corrected so far; null where nothing is kept. */
  raw: Buffer | null
  by: string
  at: string
  /** Why it is set aside. */
  reason: string | null
  /** The linked job that imports it, corrected. */
  repaired_by_job: number | null
}

/** The records of a linked job, as a source: each at its place in the first job's file. */
export type CorrectionTable = {
  job_id: number
  record: number
  line: number
  offset: number
  raw: Buffer
}
