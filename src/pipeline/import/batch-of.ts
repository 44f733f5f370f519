import type { Position } from '../../domain/jobs/checkpoint.ts'
import type { Suspects } from './batch-size.ts'
import { checkpointOf, totalOf, type Reached } from './checkpoint-of.ts'
import type { Batch } from '../../domain/jobs/batch.ts'
import type { SourceIdentity } from './opening/import-source.ts'
import type { BatchTally } from './tally-batch.ts'

type Written = Omit<BatchTally, 'counters'> & { most: number }

export type SourceOfBatches = {
  suspects: Suspects | null
  source: SourceIdentity
  /** Number of bytes read from the file, which may be compressed. */
  bytesRead(position: Position): number
}

/** @param most records in the next batch: none if no record follows that could kill a worker */
export function batchOf(
  { source, bytesRead, suspects }: SourceOfBatches,
  { position, counters, memo: before }: Reached,
  { rejects, journal, changes, seen, most }: Written,
): Batch {
  const { description, sha256 } = source
  const { size } = description
  const memo = { ...before, source: description, sha256, seen }
  const reached = { position, counters, memo }
  const total = totalOf(reached)
  return {
    counters,
    rejects,
    journal,
    changes,
    total,
    checkpoint: checkpointOf(reached, suspects, most),
    bytesRead: total === null ? bytesRead(position) : size,
    file: sha256 === null ? { size } : { size, sha256 },
  }
}
