import type { Position } from '../../domain/jobs/checkpoint.ts'
import type { Suspects } from './batch-size.ts'
import { checkpointOf, totalOf, type Reached } from './checkpoint-of.ts'
import type { Batch } from '../../domain/jobs/batch.ts'
import type { SourceIdentity } from './opening/import-source.ts'
import { bytesBefore, withFile } from './opening/files-of-memo.ts'
import type { BatchTally } from './tally-batch.ts'

type Written = Omit<BatchTally, 'counters'> & { most: number }

/** The file that is being read. */
export type FileUnderWay = {
  file: number
  source: SourceIdentity
  /** Number of bytes read from it, which may be compressed. */
  bytesRead(position: Position): number
}

export type SourceOfBatches = FileUnderWay & { suspects: Suspects | null }

/** @param most records in the next batch: none if no record follows that could kill a worker */
export function batchOf(
  { file, source, bytesRead, suspects }: SourceOfBatches,
  { position, counters, memo: before }: Reached,
  { rejects, journal, changes, seen, most }: Written,
): Batch {
  const { description, sha256 } = source
  const memo = { ...withFile(before, file, { source: description, sha256 }), seen }
  const size = bytesBefore(memo)
  const reached = { position, counters, memo }
  const total = totalOf(reached)
  return {
    counters,
    rejects,
    journal,
    changes,
    total,
    checkpoint: checkpointOf(reached, suspects, most),
    bytesRead: total === null ? bytesBefore(memo, file) + bytesRead(position) : size,
    file: sha256 === null || memo.others.length > 0 ? { size } : { size, sha256 },
  }
}
