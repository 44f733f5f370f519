import type { Batch } from '../../domain/jobs/batch.ts'
import type { Message } from '../../domain/words/messages.ts'
import type { ImportPlan } from './plan/match-table.ts'
import type { Checkpoint, Position } from '../../domain/jobs/checkpoint.ts'
import type { Counters } from '../../domain/jobs/counters.ts'
import { batchLimit } from './batch-size.ts'
import type { ResumeState } from './opening/resume-state.ts'

export type Reached = { position: Position; counters: Counters; memo: ResumeState }

/** The checkpoint of an import; records that are read but not processed are postponed. */
export function checkpointOf(
  { position, counters, memo }: Reached,
  diedAfter: number | null,
): Checkpoint & { ahead: number } {
  const { record } = position
  const postponed = record - counters.processed
  const settled = (memo.postponed ?? postponed) - postponed
  const reached = record + settled
  return { ...position, postponed, reached, ahead: batchLimit(reached, diedAfter), memo }
}

/** Number of records in the source; null until its end is read. */
export function totalOf({ position, memo }: Reached): number | null {
  return memo.postponed === null ? null : position.record
}

type EmptyPlace = Omit<Reached, 'memo'> & {
  plan: Pick<ImportPlan, 'memo'>
  diedAfter: number | null
}

/** A batch without records: the preparation for the first one, with its journal. */
export function emptyBatch(
  { plan, position, counters, diedAfter }: EmptyPlace,
  journal: Message[],
): Batch {
  const { memo } = plan
  const reached = { position, counters, memo }
  return {
    counters,
    total: totalOf(reached),
    checkpoint: checkpointOf(reached, diedAfter),
    bytesRead: memo.source.gzip ? 0 : (position.offset ?? 0),
    rejects: [],
    journal,
    file: { size: memo.source.size },
  }
}
