import type { Batch } from '../../domain/jobs/batch.ts'
import type { Message } from '../../domain/words/messages.ts'
import type { ImportPlan } from './plan/match-table.ts'
import type { Checkpoint, Position } from '../../domain/jobs/checkpoint.ts'
import type { Counters } from '../../domain/jobs/counters.ts'
import { batchLimit, MIN_RECORDS, type Suspects } from './batch-size.ts'
import { bytesBefore, filesOf } from './opening/files-of-memo.ts'
import type { ResumeState } from './opening/resume-state.ts'

export type Reached = { position: Position; counters: Counters; memo: ResumeState }

/**
 * The checkpoint of an import; records that are read but not processed are postponed.
 * @param most records in the next batch, where none is suspect
 */
export function checkpointOf(
  { position, counters, memo }: Reached,
  suspects: Suspects | null,
  most: number,
): Checkpoint & { ahead: number } {
  const { record } = position
  const postponed = record - counters.processed
  const settled = (memo.postponed ?? postponed) - postponed
  const reached = record + settled
  const ahead = Math.min(most, batchLimit(reached, suspects))
  return { ...position, postponed, reached, ahead, memo }
}

/** Number of records in the source; null until its end is read. */
export function totalOf({ position, memo }: Reached): number | null {
  return memo.postponed === null ? null : position.record
}

type EmptyPlace = Omit<Reached, 'memo'> & {
  plan: Pick<ImportPlan, 'memo'>
  suspects: Suspects | null
}

/** A batch without records: the preparation for the first one, with its journal. */
export function emptyBatch(
  { plan, position, counters, suspects }: EmptyPlace,
  journal: Message[],
): Batch {
  const { memo } = plan
  const { file = 0, offset } = position
  const reached = { position, counters, memo }
  return {
    counters,
    total: totalOf(reached),
    checkpoint: checkpointOf(reached, suspects, MIN_RECORDS),
    bytesRead: bytesBefore(memo, file) + (filesOf(memo)[file]?.source.gzip ? 0 : (offset ?? 0)),
    rejects: [],
    journal,
    file: { size: bytesBefore(memo) },
  }
}
