import { z } from 'zod'
import { InvalidInputError } from '../../domain/words/errors.ts'
import { JOB_STATUSES, JOB_TYPES } from '../../domain/states/status.ts'
import { cursorBefore, type JobQuery } from '../../engine/list/list-jobs.ts'

const MAX_LIMIT = 10_000

const listOptions = z.object({
  status: z.enum(JOB_STATUSES).optional(),
  type: z.enum(JOB_TYPES).optional(),
  withRejects: z.boolean().optional(),
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT),
})

/** @throws InvalidInputError */
export function queryOf(options: unknown): Omit<JobQuery, 'now'> {
  const result = listOptions.safeParse(options)
  if (result.success) {
    const { before, ...query } = result.data
    return { ...query, cursor: before === undefined ? undefined : cursorBefore(before) }
  }
  const at = result.error.issues[0]?.path.map(String)
  throw at?.[0] === 'limit'
    ? new InvalidInputError({ problem: 'not_between', from: 1, to: MAX_LIMIT }, { at })
    : new InvalidInputError({ problem: 'no_amount' }, { at })
}
