import type { Context } from 'hono'
import { csrf } from 'hono/csrf'
import type { AppDeps } from './env.ts'

/**
 * Takes forms only from pages of this server. On plain http browsers send no Sec-Fetch-Site, so the
 * Origin must serve; behind a proxy it is the proxy's, which the configuration must name.
 */
export function refuseForeignForms({ settings, log }: Pick<AppDeps, 'settings' | 'log'>) {
  return csrf({
    origin: (origin, c) => {
      const own = originOf(c)
      if (origin === own || settings.trustedOrigins.includes(origin)) return true
      log.warn(
        { received: origin, expected: [own, ...settings.trustedOrigins] },
        'A form from another origin was refused; name it in TALLYMAN_TRUSTED_ORIGINS if it is yours.',
      )
      return false
    },
  })
}

function originOf(c: Context): string {
  return new URL(c.req.url).origin
}
