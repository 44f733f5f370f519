import type { ChangedRow } from './changed-row.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { Counters } from './counters.ts'
import type { Message } from '../words/messages.ts'
import type { Reject } from '../records/reject.ts'

/** The state of a job after one batch, and the rejects and journal entries that the batch adds. */
export type Batch = {
  /** The job's counters after this batch, from its first record on. */
  counters: Counters
  /** Records in the whole source; null until its end has been read. */
  total: number | null
  checkpoint: Checkpoint
  /** Bytes of the file read so far; compressed bytes where the file is compressed. */
  bytesRead: number
  rejects: Reject[]
  journal: Message[]
  /** The first rows that a dry run would have changed. */
  changes?: ChangedRow[] | undefined
  /** Size in bytes and hash of the source or result file, once known. */
  file?: { size: number; sha256?: string | undefined } | undefined
}

/** How much an import writes in one transaction, and how much of it at once. */
export type BatchLimits = {
  /** Target time of a batch, after which a request to stop is seen. */
  milliseconds: number
  /** Pause between two batches. */
  pauseMs: number
  /** Maximum bytes of records, plus one record, since rejected ones stay in memory. */
  bytes: number
  /** Number of chunks that are validated while the database writes others. */
  chunksAhead: number
}
