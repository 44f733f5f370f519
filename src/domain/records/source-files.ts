import path from 'node:path'
import { z } from 'zod'

const file = z.object({
  name: z.string().nullable().default(null),
  source: z.object({ size: z.number() }),
  sha256: z.string().nullable(),
})
const memo = file.extend({
  others: z.array(file.extend({ before: z.number().nullable() })).default([]),
})

/** A file that an import reads, as its checkpoint remembers it. */
export type SourceFacts = {
  name: string
  size: number
  sha256: string | null
  /** Number of records in the files before it; null until it is read. */
  before: number | null
}

/** The files of an import that reads several, in their order; of any other, none. */
export function severalFilesOf(job: { checkpoint: { memo: unknown } | null }): SourceFacts[] {
  const files = filesOfMemo(job.checkpoint?.memo)
  return files.length > 1 ? files : []
}

/** All files that were read, in their order, by what a checkpoint remembers of them. */
export function filesOfMemo(known: unknown): SourceFacts[] {
  const stored = memo.safeParse(known).data
  if (stored === undefined) return []
  return [{ ...stored, before: 0 }, ...stored.others].map(({ name, source, sha256, before }) => ({
    name: path.basename(name ?? ''),
    size: source.size,
    sha256,
    before,
  }))
}

/** Names the file that a record is in; undefined where an import reads only one. */
export function originOf(files: SourceFacts[]): ((record: number) => string) | undefined {
  if (files.length === 0) return undefined
  return (record) => files.findLast(({ before }) => before !== null && before < record)?.name ?? ''
}

/** The name of the file that a record of a job is in. */
export function originOfRecord(
  job: { file_name: string; checkpoint: { memo: unknown } | null },
  record: number,
): string {
  return originOf(severalFilesOf(job))?.(record) ?? job.file_name
}
