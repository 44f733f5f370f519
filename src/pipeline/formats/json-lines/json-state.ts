import { z } from 'zod'

/** What is stored of a source of JSON Lines, so that a later run reads it in the same way. */
export const jsonState = z.object({
  format: z.literal('json_lines'),
  /** It is always this one (RFC 8259, 8.1). */
  encoding: z.literal('utf-8').default('utf-8'),
  /** Names that are columns, in the order in which the first records have them. */
  header: z.array(z.string()),
  /** Lines that were passed over. */
  skipped: z.number().default(0),
})
export type JsonState = z.infer<typeof jsonState>

/** What is stored of a result that is JSON Lines: nothing more is to be known. */
export const jsonResult = z.object({ format: z.literal('json_lines') })
