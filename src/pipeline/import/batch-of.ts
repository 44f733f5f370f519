import type { Position } from '../../domain/jobs/checkpoint.ts'
import { checkpointOf, totalOf, type Reached } from './checkpoint-of.ts'
import type { Batch } from '../../domain/jobs/batch.ts'
import type { SourceIdentity } from './opening/import-source.ts'
import type { BatchTally } from './tally-batch.ts'

export type SourceOfBatches = {
  diedAfter: number | null
  source: SourceIdentity
  /** Number of bytes read from the file, which may be compressed. */
  bytesRead(position: Position): number
}

/** @param isOver true if no record follows, so that none can kill a worker */
export function batchOf(
  { source, bytesRead, diedAfter }: SourceOfBatches,
  { position, counters, memo: before }: Reached,
  { rejects, journal, changes, seen, isOver }: Omit<BatchTally, 'counters'> & { isOver: boolean },
): Batch {
  const { description, sha256 } = source
  const { size } = description
  const memo = { ...before, source: description, sha256, seen }
  const reached = { position, counters, memo }
  const checkpoint = checkpointOf(reached, diedAfter)
  const total = totalOf(reached)
  return {
    counters,
    rejects,
    journal,
    changes,
    total,
    checkpoint: isOver ? { ...checkpoint, ahead: 0 } : checkpoint,
    bytesRead: total === null ? bytesRead(position) : size,
    file: sha256 === null ? { size } : { size, sha256 },
  }
}
