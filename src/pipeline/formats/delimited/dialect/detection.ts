import { z } from 'zod'

/** How sure is what was found out, from 0 to 1, and what it may be as well. What was asked for is sure. */
export const detection = z.object({
  encoding: z.object({ confidence: z.number(), alternatives: z.array(z.string()) }),
  delimiter: z.object({ confidence: z.number(), alternatives: z.array(z.string()) }),
})
export type Detection = z.infer<typeof detection>
