import { randomUUID } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import type { AppEnv } from '../ground/env.ts'
import { REQUEST_ID, SECURITY_HEADERS } from '../ground/headers.ts'

const HEADERS = Object.entries(SECURITY_HEADERS)
const NOT_MODIFIED = 304
/** What a proxy may have numbered a request with. */
const GIVEN_ID = /^[\w\-=]{1,255}$/

/**
 * Numbers every request, for the log and for who asks about it; adds the security headers to every
 * answer, and forbids to store those that do not say otherwise.
 */
export const addHeaders = createMiddleware<AppEnv>(async (c, next) => {
  const given = c.req.header(REQUEST_ID)
  c.set('requestId', given !== undefined && GIVEN_ID.test(given) ? given : randomUUID())
  await next()
  // That one brings them itself.
  if (c.res.status === NOT_MODIFIED) return
  const { headers } = c.res
  for (const [name, value] of HEADERS) headers.set(name, value)
  headers.set(REQUEST_ID, c.get('requestId'))
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
})
