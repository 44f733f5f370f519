import { randomUUID } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import type { AppEnv } from '../ground/env.ts'
import { REQUEST_ID, SECURITY_HEADERS } from '../ground/headers.ts'

const HEADERS = Object.entries(SECURITY_HEADERS)
const NOT_MODIFIED = 304
/** Valid request ids from a proxy. */
const GIVEN_ID = /^[\w\-=]{1,255}$/

/**
 * Gives every request an id, for the log and for support; adds the security headers to every
 * response, and `no-store` unless the response sets its own Cache-Control.
 */
export const addHeaders = createMiddleware<AppEnv>(async (c, next) => {
  const given = c.req.header(REQUEST_ID)
  c.set('requestId', given !== undefined && GIVEN_ID.test(given) ? given : randomUUID())
  await next()
  // A 304 response has its own headers.
  if (c.res.status === NOT_MODIFIED) return
  const { headers } = c.res
  for (const [name, value] of HEADERS) headers.set(name, value)
  headers.set(REQUEST_ID, c.get('requestId'))
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
})
