import { createMiddleware } from 'hono/factory'
import { InvalidInputError } from '../../domain/words/errors.ts'
import type { AppEnv } from '../ground/env.ts'

/** Refuses URLs with U+0000, since database texts can't contain it. */
export const refuseNulInAddress = createMiddleware<AppEnv>(async (c, next) => {
  if (c.req.url.includes('%00')) throw new InvalidInputError({ problem: 'nul_in_text' })
  await next()
})
