import { z } from 'zod'
import { InvalidInputError } from '../domain/errors.ts'
import { JOB_STATUSES, JOB_TYPES } from '../domain/status.ts'
import type { JobFilter } from '../engine/jobs.ts'

const MAX_LIMIT = 10_000

const listOptions = z.object({
  status: z.enum(JOB_STATUSES).optional(),
  type: z.enum(JOB_TYPES).optional(),
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT),
})

/** @throws InvalidInputError */
export function filterOf(options: unknown): JobFilter {
  const result = listOptions.safeParse(options)
  if (result.success) return result.data
  const at = result.error.issues[0]?.path.map(String)
  throw at?.[0] === 'limit'
    ? new InvalidInputError({ problem: 'not_between', from: 1, to: MAX_LIMIT }, { at })
    : new InvalidInputError({ problem: 'no_amount' }, { at })
}
