import { createMiddleware } from 'hono/factory'
import { idsOf } from './list-state.ts'
import type { AppDeps, AppEnv } from './env.ts'

/** Answers a poll for a job whose revision the page has already, before anything else is done for it. */
export function answerUnchanged({ store }: Pick<AppDeps, 'store'>) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const tag = c.req.header('hx-ptag')
    if (tag !== undefined && tag === String(store.revisionOf(Number(c.req.param('id'))))) {
      return c.body(null, 304)
    }
    return await next()
  })
}

/** The same for the rows of a list. */
export function answerUnchangedRows({ store }: Pick<AppDeps, 'store'>) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const tag = c.req.header('hx-ptag')
    if (tag !== undefined && tag === store.revisionsOf(idsOf(c.req.query('ids'))).join('.')) {
      return c.body(null, 304)
    }
    return await next()
  })
}
