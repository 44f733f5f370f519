import type { SourceBytes, Trx } from '../db/store.ts'
import type { Batch } from '../domain/jobs/batch.ts'
import type { Checkpoint } from '../domain/jobs/checkpoint.ts'
import type { Counters } from '../domain/jobs/counters.ts'

/** What a run needs from outside. It knows records and files; it knows nothing of jobs. */
export type RunPorts = {
  /**
   * Opens the one transaction of a batch, has `write` fill it, and stores what `write` returns with it.
   * Answers 'stop' when someone asked for it: the run then ends with what is committed.
   */
  commit(write: (trx: Trx) => Promise<Batch>): Promise<'go_on' | 'stop'>
  /** Where an export goes that has no file; none where the pipe it began with is gone. */
  output?: Output | undefined
  /**
   * Aborts soon after somebody asked the run to stop: whoever reads or waits hears of it between two
   * batches too. A run that ends by it leaves what is committed.
   */
  stopSignal: AbortSignal
  /** Called when something was read that no commit tells of yet. */
  progressed(): void
  /** Called right before a statement that may take minutes, such as the making of an index. */
  announceLongStatement(): void
}

/** A pipe: what was written can't be taken back. */
export type Output = { write(bytes: Buffer): Promise<void> }

/** Where an earlier run of the same job got to; undefined at the first start. */
export type Resume = { checkpoint: Checkpoint; counters: Counters } | undefined

/** A run ends because it is through, or because it was asked to stop. It throws a JobFailure where it can't. */
export type RunEnd = 'finished' | 'stopped'

/** Whether it is by this that a run ends which was asked to stop. */
export function isStop(error: unknown, { stopSignal }: SourceBytes): boolean {
  return stopSignal?.aborted === true && error === stopSignal.reason
}
