import { z } from 'zod'
import type { Job } from '../../domain/jobs/job.ts'
import type { Problem } from '../../domain/words/problems.ts'
import { differing } from './verify-parts.ts'

/** The pipeline's memo in the checkpoint; one that does not match the schema is not compared. */
const file = z.looseObject({
  source: z.looseObject({ size: z.number(), gzip: z.boolean() }),
  sha256: z.string().nullable(),
})
const ofImport = file.extend({ others: z.array(file).default([]) })
const ofExport = z.looseObject({
  sealed: z.looseObject({ size: z.number(), sha256: z.string() }).nullable(),
})

/** Compares size, hash and position of the file, which job and checkpoint both store. */
export function* verifyCheckpoint(job: Job): Generator<Problem> {
  const { checkpoint, bytes_read, file_size, type } = job
  if (checkpoint === null) {
    if (bytes_read > 0) yield* differing(job, { bytes_read: 0 })
  } else if (type === 'import') yield* importOf(job, checkpoint)
  else {
    const { sealed } = ofExport.safeParse(checkpoint.memo).data ?? {}
    if (sealed) yield* differing(job, { file_size: sealed.size, file_sha256: sealed.sha256 })
    yield* differing(job, { bytes_read: checkpoint.offset ?? 0 })
  }
  if (type === 'import' && file_size !== null && bytes_read > file_size) {
    yield { problem: 'too_many', counter: 'bytes_read', is: bytes_read, most: file_size }
  }
}

function* importOf(
  job: Job,
  { file: at = 0, offset, memo }: NonNullable<Job['checkpoint']>,
): Generator<Problem> {
  const parsed = ofImport.safeParse(memo)
  if (!parsed.success) return
  const { sha256, others } = parsed.data
  const sources = [parsed.data, ...others].map(({ source }) => source)
  const sizeOf = (files: typeof sources) => files.reduce((sum, { size }) => sum + size, 0)
  const size = sizeOf(sources)
  yield* differing(job, { file_size: size })
  // An interrupted dry run restarts with the hash that an earlier run computed.
  if (sha256 !== null && others.length === 0) yield* differing(job, { file_sha256: sha256 })
  if (job.total !== null) yield* differing(job, { bytes_read: size })
  else if (sources[at]?.gzip === false && offset !== null) {
    yield* differing(job, { bytes_read: sizeOf(sources.slice(0, at)) + offset })
  }
}
