import { z } from 'zod'
import { detection } from './detection.ts'
import { dialect } from './dialect.ts'

/** The stored reading state of delimited text, so that a later run reads it in the same way. */
export const delimitedState = z.object({
  format: z.literal('delimited'),
  ...dialect.shape,
  /** The confidence; null in checkpoints of older versions. */
  detection: detection.nullable().default(null),
  /** Names from the header, or numbers of columns; empty for an empty file. */
  header: z.array(z.string()),
  /** Whether `header` has names, which a record must not repeat. */
  isNamed: z.boolean().default(false),
  /** Number of extra fields at the end of each record, always empty. */
  dropped: z.number().default(0),
  /** Number of skipped lines above the header or the first record. */
  skipped: z.number().default(0),
  /** Byte order mark and header line, in Latin-1, and the line end; null if unknown. */
  head: z
    .object({ mark: z.string(), line: z.string(), lineEnd: z.enum(['\n', '\r\n']) })
    .nullable()
    .default(null),
})
export type DelimitedState = z.infer<typeof delimitedState>

/** Number of fields in a record, with the empty ones after the names. */
export function widthOf({ header, dropped }: Pick<DelimitedState, 'header' | 'dropped'>): number {
  return header.length + dropped
}
