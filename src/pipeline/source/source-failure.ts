import { JobFailure } from '../../domain/words/failures.ts'
import { MissingPieceError } from '../files/piece-reader.ts'
import { SourceTruncatedError } from './inflate.ts'

/** The failure of the job for a read error; undefined for another error. */
export function sourceFailure(error: unknown, path: string): JobFailure | undefined {
  if (error instanceof SourceTruncatedError) return new JobFailure('source_truncated', { path })
  if (!(error instanceof Error)) return undefined
  if ('syscall' in error && error.syscall === 'read') {
    return new JobFailure('source_missing', { path })
  }
  const isDamaged =
    error instanceof MissingPieceError || ('code' in error && String(error.code).startsWith('Z_'))
  return isDamaged ? new JobFailure('source_damaged', { path, detail: error.message }) : undefined
}
