import { z } from 'zod'
import { detection } from './detection.ts'
import { dialect } from './dialect.ts'

/** What is stored of a source of delimited text, so that a later run reads it in the same way. */
export const delimitedState = z.object({
  format: z.literal('delimited'),
  ...dialect.shape,
  /** How sure it is; null in checkpoints of older versions. */
  detection: detection.nullable().default(null),
  /** The names in the file's first line, or of its columns counted; empty where the file is. */
  header: z.array(z.string()),
  /** Whether those are names, which a record must not repeat. */
  isNamed: z.boolean().default(false),
  /** Fields that a record has behind them, always empty. */
  dropped: z.number().default(0),
  /** Lines above the header, or the first record, that were passed over. */
  skipped: z.number().default(0),
  /** Byte order mark and line of names, in Latin-1, and how lines end; null where nobody knows. */
  head: z
    .object({ mark: z.string(), line: z.string(), lineEnd: z.enum(['\n', '\r\n']) })
    .nullable()
    .default(null),
})
export type DelimitedState = z.infer<typeof delimitedState>

/** Fields of a record; those behind the names are always empty. */
export function widthOf({ header, dropped }: Pick<DelimitedState, 'header' | 'dropped'>): number {
  return header.length + dropped
}
