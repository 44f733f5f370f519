import { z } from 'zod'
import { changeWindow } from '../../domain/records/change-window.ts'
import { noCounters, type Counters } from '../../domain/jobs/counters.ts'
import type { Message } from '../../domain/words/messages.ts'
import type { Batch } from '../../domain/jobs/batch.ts'
import { resultState } from '../known-formats.ts'
import type { Resume } from '../ports.ts'

/** Constant across runs, so that an interrupted export writes the same bytes. */
export const BATCH = { rows: 20_000, bytes: 1_048_576 }

/** The stored state of every export, whatever the format of its result. */
const common = z.object({
  columns: z.array(z.string()),
  position: z.array(z.union([z.string(), z.number()])).nullable(),
  /** SHA-256 of the bytes written, in hexadecimal; null in checkpoints of older versions. */
  sha256: z.string().nullable().default(null),
  /** Rows of the table at the start of the export; null until they are counted. */
  rows: z.number().nullable(),
  /** Size in bytes and SHA-256 of the complete result, which only needs its rename. */
  sealed: z.object({ size: z.number(), sha256: z.string() }).nullable(),
  /** Whether the result may replace a file: not one that appears after the start. */
  replaces: z.boolean().default(true),
  /** Keys of the warnings already reported: code, and column if there is one for each. */
  told: z.array(z.string()).default([]),
  /** Of a differential export, what counts as changed; decided once, so that every run writes it. */
  window: changeWindow.nullable().default(null),
})

/** The state of an export: the common part and that of its format. */
const exportMemo = z.preprocess(upgraded, common.and(resultState))
export type ExportState = z.infer<typeof exportMemo>

/** Older versions had delimited text only. */
function upgraded(stored: unknown): unknown {
  const isOld = typeof stored === 'object' && stored !== null && !('format' in stored)
  return isOld ? { ...stored, format: 'delimited' } : stored
}

/** Counters, byte offset in the file and position in the table: what each batch advances. */
export type State = { counters: Counters; offset: number; memo: ExportState }

/** The state of an earlier run; undefined at the first start. */
export function resumedState(resume: Resume): State | undefined {
  if (resume === undefined) return undefined
  const { counters, checkpoint } = resume
  return { counters, offset: checkpoint.offset ?? 0, memo: exportMemo.parse(checkpoint.memo) }
}

/** A restarted export does not repeat its warnings. */
export function freshState({
  columns,
  replaces,
  told,
  window,
  format,
}: Pick<ExportState, 'columns' | 'replaces' | 'told' | 'window' | 'format'>): State {
  const place = { position: null, sha256: null, rows: null, sealed: null }
  const memo = { columns, replaces, ...place, told, window, ...resultState.parse({ format }) }
  return { counters: noCounters(), offset: 0, memo }
}

/** The progress of one page, with new warnings only. */
export type ExportStep = {
  rows: number
  position: ExportState['position']
  bytes: number
  sha256: string
  /** Rows of the table; null until they are counted. */
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

/**
 * While the export runs, the total is the row count at its start, once known, or the rows so far if
 * there are more.
 */
export function exportBatch(
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
