import { createMiddleware } from 'hono/factory'
import { InvalidInputError } from '../../domain/words/errors.ts'
import type { AppEnv } from '../ground/env.ts'

/** Refuses an address with U+0000: what it says is compared with texts, and no database has it in one. */
export const refuseNulInAddress = createMiddleware<AppEnv>(async (c, next) => {
  if (c.req.url.includes('%00')) throw new InvalidInputError({ problem: 'nul_in_text' })
  await next()
})
