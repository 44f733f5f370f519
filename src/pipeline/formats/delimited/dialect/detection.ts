import { z } from 'zod'

/** Confidence of the detection, from 0 to 1, and the alternatives. A given value has 1. */
export const detection = z.object({
  encoding: z.object({ confidence: z.number(), alternatives: z.array(z.string()) }),
  delimiter: z.object({ confidence: z.number(), alternatives: z.array(z.string()) }),
})
export type Detection = z.infer<typeof detection>
