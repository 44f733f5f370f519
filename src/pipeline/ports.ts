import type { SourceBytes, Trx } from '../db/store.ts'
import type { Batch } from '../domain/jobs/batch.ts'
import type { Checkpoint } from '../domain/jobs/checkpoint.ts'
import type { Counters } from '../domain/jobs/counters.ts'
import type { Correction } from '../domain/records/correction.ts'

/** What a run needs from its caller. A run handles records and files, and knows nothing of jobs. */
export type RunPorts = {
  /**
   * Opens the one transaction of a batch, calls `write` in it, and stores the batch that it
   * returns. Returns 'stop' if a stop was requested: the run then ends with what is committed.
   */
  commit(write: (trx: Trx) => Promise<Batch>): Promise<'go_on' | 'stop'>
  /** The records of an import without a file. */
  corrected?: CorrectedRecords | undefined
  /** The output of an export without a file; undefined if its pipe is gone. */
  output?: Output | undefined
  /**
   * Aborts soon after a stop request, so that reading and waiting end between batches too. The run
   * then ends with what is committed.
   */
  stopSignal: AbortSignal
  /** Called after reading that no commit reports yet. */
  progressed(): void
  /** Called right before a statement that may take minutes, such as creating an index. */
  announceLongStatement(): void
}

/** Corrected records of another job, in the order of its file. */
export type CorrectedRecords = {
  /** What that job stored about how its file is read. */
  memo: unknown
  /** Bytes of all of them. */
  bytes: number
  /** The next ones after a record number, as many as fit into memory; none at the end. */
  after(record: number): Promise<Correction[]>
  /** The record number of the one at a place, from 1; 0 for place 0. */
  numberAt(place: number): Promise<number>
  /** Bytes of those up to a record number. */
  bytesUpTo(record: number): Promise<number>
}

/** A pipe: written bytes cannot be undone. */
export type Output = { write(bytes: Buffer): Promise<void> }

/** The checkpoint and counters of an earlier run of the job; undefined at the first start. */
export type Resume = { checkpoint: Checkpoint; counters: Counters } | undefined

/** A run ends when it is finished or a stop was requested. Otherwise it throws a JobFailure. */
export type RunEnd = 'finished' | 'stopped'

/** Whether the error comes from a stop request. */
export function isStop(error: unknown, { stopSignal }: SourceBytes): boolean {
  return stopSignal?.aborted === true && error === stopSignal.reason
}
