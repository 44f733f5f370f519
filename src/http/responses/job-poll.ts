import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { operatorOf, type CallerSettings } from '../ground/caller.ts'
import type { AppDeps, AppEnv } from '../ground/env.ts'
import { requestLanguage } from '../ground/language.ts'
import { notModified } from '../ground/not-modified.ts'
import { idOf } from '../ground/params.ts'
import { ResponseCache, type CachedResponse } from './response-cache.ts'

type Deps = Pick<AppDeps, 'store'> & { settings: CallerSettings }

/**
 * Answers a poll of a job: with 304 where the page has the current revision, else from the response
 * cache, else by rendering.
 */
export function answerJobPoll({ store, settings }: Deps) {
  const answers = new ResponseCache()
  return createMiddleware<AppEnv>(async (c, next) => {
    const revision = await store.revisionOf(idOf(c))
    if (revision === undefined) return await next()
    if (c.req.header('hx-ptag') === String(revision)) return notModified(c)

    let isDrawn = false
    const answer = await answers.find(cacheKey(c, settings), revision, async () => {
      isDrawn = true
      await next()
      return await keep(c)
    })
    if (isDrawn) return undefined
    return answer === undefined ? await next() : c.body(answer.body, 200, answer.headers)
  })
}

/** All that a response depends on besides the job; operators never share responses. */
function cacheKey(c: Context<AppEnv>, settings: CallerSettings): string {
  const { url } = c.req
  return [url, operatorOf(c, settings), requestLanguage(c), c.req.header('accept-encoding')].join(
    '\n',
  )
}

async function keep(c: Context<AppEnv>): Promise<CachedResponse | undefined> {
  if (c.res.status !== 200) return undefined
  const { headers } = c.res
  const body = await c.res.arrayBuffer()
  // A response body can be read only once.
  c.res = new Response(body, { headers })
  return { headers: Object.fromEntries(headers), body }
}
