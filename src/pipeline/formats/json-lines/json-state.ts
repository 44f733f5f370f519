import { z } from 'zod'

/** The stored reading state of JSON Lines, so that a later run reads it in the same way. */
export const jsonState = z.object({
  format: z.literal('json_lines'),
  /** Always UTF-8 (RFC 8259, 8.1). */
  encoding: z.literal('utf-8').default('utf-8'),
  /** Names of the columns, in the order of the first records. */
  header: z.array(z.string()),
  /** Number of skipped lines. */
  skipped: z.number().default(0),
})
export type JsonState = z.infer<typeof jsonState>

/** The stored state of a result in JSON Lines: only its format. */
export const jsonResult = z.object({ format: z.literal('json_lines') })
