import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { AppDeps, AppEnv } from '../ground/env.ts'
import { RequestRefusal } from '../ground/request-refusal.ts'

const HARMLESS = ['GET', 'HEAD', 'OPTIONS']

/**
 * CSRF protection: accepts state-changing requests only from this server's pages, whatever their
 * content type, since some old browsers could send more than forms to other hosts. Over plain HTTP
 * browsers omit Sec-Fetch-Site, so Origin is checked; behind a proxy it is the proxy's, which the
 * configuration must name.
 */
export function refuseForeignForms({ settings, log }: Pick<AppDeps, 'settings' | 'log'>) {
  return createMiddleware<AppEnv>(async (c, next) => {
    if (!HARMLESS.includes(c.req.method) && c.req.header('sec-fetch-site') !== 'same-origin') {
      const received = c.req.header('origin')
      const expected = [originOf(c), ...settings.trustedOrigins]
      if (received === undefined || !expected.includes(received)) {
        log.warn(
          { received, expected },
          'A form from another origin was refused; name it in TALLYMAN_TRUSTED_ORIGINS if it is yours.',
        )
        throw new RequestRefusal(403, { problem: 'foreign_form' })
      }
    }
    return await next()
  })
}

function originOf(c: Context): string {
  return new URL(c.req.url).origin
}
