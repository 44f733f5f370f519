import type { Checkpoint } from './checkpoint.ts'
import type { Counters } from './counters.ts'
import type { Message } from '../words/messages.ts'
import type { Reject } from '../records/reject.ts'

/** What one batch adds to the job, besides its rows. */
export type Batch = {
  /** The run's counters after this batch, from the job's first record on. */
  counters: Counters
  /** Records of the whole source; null until its end was seen. */
  total: number | null
  checkpoint: Checkpoint
  /** Bytes of the file read so far, compressed where it is. */
  bytesRead: number
  rejects: Reject[]
  journal: Message[]
  /** Of the source or the result file, once known. */
  file?: { size: number; sha256?: string | undefined } | undefined
}
