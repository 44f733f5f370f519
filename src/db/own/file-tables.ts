/** A file that Tallyman keeps itself. */
export type FileTable = {
  id: string
  /** As whoever brought it calls it; empty for the result of an export, whose job names it. */
  name: string
  /** Where it lies on a disk; null where it lies in pieces in the database. */
  path: string | null
  /** Bytes so far. */
  size: number
  /** In hexadecimal; null where it is not known. */
  sha256: string | null
  created_at: string
  created_by: string
  /** When its last byte came; null before. */
  completed_at: string | null
  /** Since when no job has it; null while one has, empty where it may go at once. */
  unused_since: string | null
}

/** Consecutive bytes of a file from a position on, at most `PIECE_BYTES`. */
export type FilePieceTable = { file_id: string; position: number; bytes: Buffer }

/** Which job reads or writes which file. */
export type JobFileTable = { job_id: number; file_id: string }
