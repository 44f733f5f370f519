/** A single row, where the jobs of another database were moved here. */
export type MoveTable = {
  id: 1
  /** The address of the other database, without a password. */
  moved_from: string
  /** What the other database held when the move began; see `engine/move/fingerprint.ts`. */
  fingerprint: string
  /** Ids up to which jobs and journal entries are about tables of the other database. */
  last_job: number
  last_entry: number
  begun_at: string
  /** Up to where rows are copied, as JSON: see `engine/move/move-record.ts`. */
  copied: string | null
  /** When all were copied. */
  copied_at: string | null
  ended_at: string | null
}
