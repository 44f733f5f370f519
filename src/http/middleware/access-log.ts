import { createMiddleware } from 'hono/factory'
import { callerOf } from '../ground/caller.ts'
import { incomingOf, type AppDeps, type AppEnv } from '../ground/env.ts'

/**
 * Access log: one line per request with its client and operator; GET requests, such as polls, only
 * at level `debug`.
 */
export function logRequests({ log, settings }: Pick<AppDeps, 'log' | 'settings'>) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const began = performance.now()
    // Read first: a closed connection no longer has an address.
    const from = incomingOf(c)?.socket.remoteAddress
    await next()
    const { status } = c.res
    const { method, path } = c.req
    const level = status >= 500 ? 'error' : method === 'GET' ? 'debug' : 'info'
    if (!log.isLevelEnabled(level)) return
    const { forwardedFor, operator } = callerOf(c, settings)
    log[level]({
      request: c.get('requestId'),
      method,
      path,
      status,
      ms: Math.round(performance.now() - began),
      from,
      forwarded_for: forwardedFor,
      operator,
    })
  })
}
