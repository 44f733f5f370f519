import { createMiddleware } from 'hono/factory'
import { isAmong } from '../ground/caller.ts'
import { incomingOf, type AppDeps, type AppEnv } from '../ground/env.ts'

/** Warns once when the operator header comes from an untrusted address. */
export function reportForeignOperators(
  { settings, log }: Pick<AppDeps, 'settings' | 'log'>,
  header: string,
) {
  let isReported = false
  return createMiddleware<AppEnv>(async (c, next) => {
    if (!isReported && c.req.header(header) !== undefined) {
      const from = incomingOf(c)?.socket.remoteAddress
      if (!isAmong(settings.trustedProxies, from)) {
        isReported = true
        log.warn(
          { from, header },
          'The header that names the operator is ignored from an address that TALLYMAN_TRUSTED_PROXIES does not name.',
        )
      }
    }
    await next()
  })
}
