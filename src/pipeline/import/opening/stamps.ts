import { z } from 'zod'

/**
 * What stamp fields are filled with, besides the place of the record. It is stored with the first
 * batch, so that a resumed run fills the same.
 */
export const stamps = z.object({
  job: z.string(),
  file: z.string(),
  /** When the job first began, ISO-8601 UTC. */
  time: z.string(),
  operator: z.string(),
})
export type Stamps = z.infer<typeof stamps>
