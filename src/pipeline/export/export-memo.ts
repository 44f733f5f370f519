import { z } from 'zod'
import { noCounters, type Counters } from '../../domain/jobs/counters.ts'
import type { Message } from '../../domain/words/messages.ts'
import type { Batch } from '../../domain/jobs/batch.ts'
import { resultState } from '../known-formats.ts'
import type { Resume } from '../ports.ts'

/** The same in every run, so that one that was interrupted writes the same bytes. */
export const BATCH = { rows: 20_000, bytes: 1_048_576 }

/** What every export stores with its checkpoint, whatever the format of its result. */
const common = z.object({
  columns: z.array(z.string()),
  position: z.array(z.union([z.string(), z.number()])).nullable(),
  /** Of what was written; null in checkpoints of older versions. */
  sha256: z.string().nullable().default(null),
  /** Rows of the table when the export began; null as long as they are not counted. */
  rows: z.number().nullable(),
  /** Bytes and SHA-256 of the whole result: all is written, and it only lacks its name. */
  sealed: z.object({ size: z.number(), sha256: z.string() }).nullable(),
  /** Whether a file that has the name may be replaced: one that was not there at first may not. */
  replaces: z.boolean().default(true),
  /** Warnings that were told: code, and column where there is one for each. */
  told: z.array(z.string()).default([]),
})

/** The state of an export: what is common, and that of its format. */
const exportMemo = z.preprocess(upgraded, common.and(resultState))
export type ExportState = z.infer<typeof exportMemo>

/** Older versions knew delimited text alone. */
function upgraded(stored: unknown): unknown {
  const isOld = typeof stored === 'object' && stored !== null && !('format' in stored)
  return isOld ? { ...stored, format: 'delimited' } : stored
}

/** Counters, place in the file and place in the table: what a batch moves on. */
export type State = { counters: Counters; offset: number; memo: ExportState }

/** Where an earlier run got to; undefined at the first start. */
export function stateOf(resume: Resume): State | undefined {
  if (resume === undefined) return undefined
  const { counters, checkpoint } = resume
  return { counters, offset: checkpoint.offset ?? 0, memo: exportMemo.parse(checkpoint.memo) }
}

/** An export that is written anew tells no warning again. */
export function freshState({
  columns,
  replaces,
  told,
  format,
}: Pick<ExportState, 'columns' | 'replaces' | 'told' | 'format'>): State {
  const place = { position: null, sha256: null, rows: null, sealed: null }
  const memo = { columns, replaces, ...place, told, ...resultState.parse({ format }) }
  return { counters: noCounters(), offset: 0, memo }
}

/** What a page adds; of its warnings only those that were not told yet. */
export type ExportStep = {
  rows: number
  position: ExportState['position']
  bytes: number
  sha256: string
  /** Rows of the table, once they are counted. */
  count: number | null
  warnings: Map<string, Message>
}

export function advance(
  { counters, offset, memo }: State,
  { rows, position, bytes, sha256, count, warnings }: ExportStep,
): State {
  const { processed, success, inserted } = counters
  const more = { processed: processed + rows, success: success + rows, inserted: inserted + rows }
  return {
    counters: { ...counters, ...more },
    offset: offset + bytes,
    memo: { ...memo, position, sha256, rows: count, told: [...memo.told, ...warnings.keys()] },
  }
}

/** While it runs, the total is what was there at the start, once that is counted, or what has come since. */
export function batchOf(
  { counters, offset, memo }: State,
  { isEnd = false, journal = [] }: { isEnd?: boolean; journal?: Message[] } = {},
): Batch {
  const { processed } = counters
  const known = memo.rows === null ? null : Math.max(memo.rows, processed)
  const ahead = memo.sealed === null ? BATCH.rows : 0
  return {
    counters,
    total: isEnd ? processed : known,
    checkpoint: { offset, line: 1, record: processed, ahead, memo },
    bytesRead: offset,
    rejects: [],
    journal,
    ...(memo.sealed === null ? {} : { file: memo.sealed }),
  }
}
