import { createMiddleware } from 'hono/factory'
import { rowsTag } from '../../../views/list/list-rows.tsx'
import { idsOf } from './list-state.ts'
import type { AppDeps, AppEnv } from '../ground/env.ts'
import { notModified } from '../ground/not-modified.ts'

/** Answers a poll for the listed rows that the page already shows. */
export function answerRowsPoll({ store }: Pick<AppDeps, 'store'>) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const tag = c.req.header('hx-ptag')
    if (tag !== undefined) {
      const ids = idsOf(c.req.query('ids'))
      const revisions = await store.revisionsOf(ids)
      const jobs = ids.map((id) => ({ revision: revisions.get(id) }))
      if (tag === rowsTag(jobs)) return notModified(c)
    }
    return await next()
  })
}
