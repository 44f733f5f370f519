import { createMiddleware } from 'hono/factory'
import { callerOf } from '../ground/caller.ts'
import { incomingOf, type AppDeps, type AppEnv } from '../ground/env.ts'

/**
 * One line a request, with who asked from where; those that are asked for every second only where
 * somebody wants them.
 */
export function logRequests({ log, settings }: Pick<AppDeps, 'log' | 'settings'>) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const began = performance.now()
    // Before all else: a connection that is gone has no address any more.
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
