import { createMiddleware } from 'hono/factory'
import type { Logger } from 'pino'
import type { AppEnv } from './env.ts'

/** One line a request; those that are asked for every second only where somebody wants them. */
export function logRequests(log: Logger) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const began = performance.now()
    await next()
    const { method, path } = c.req
    const line = {
      request: c.get('requestId'),
      method,
      path,
      status: c.res.status,
      ms: Math.round(performance.now() - began),
    }
    if (c.res.status >= 500) log.error(line)
    else if (method === 'GET') log.debug(line)
    else log.info(line)
  })
}
