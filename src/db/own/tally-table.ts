/** How many rows were written, counted by triggers; without rows where the ids have no gaps. */
export type TallyTable = {
  name: 'tallyman_job' | 'tallyman_removal' | 'tallyman_journal'
  /** Whose journal; else 0. */
  job_id: number
  /** Without those of jobs whose removal is on record. */
  written: number
}
