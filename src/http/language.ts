import { Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import type { AppDeps, AppEnv } from './env.ts'
import { parseLanguage } from './ui-of.ts'

export const LANGUAGE_COOKIE = 'tallyman_language'
const YEAR_S = 365 * 24 * 60 * 60

/** The switch in the page's head: remembers the choice, and goes back to the page. */
export function languageRoutes({ settings }: Pick<AppDeps, 'settings'>) {
  return new Hono<AppEnv>().post('/language', async (c) => {
    const form = await c.req.parseBody()
    const language = parseLanguage(form['language'])
    if (language !== undefined) {
      setCookie(c, LANGUAGE_COOKIE, language, {
        path: settings.basePath || '/',
        maxAge: YEAR_S,
        sameSite: 'Lax',
        httpOnly: true,
      })
    }
    return c.redirect(ownPath(form['return']) ?? `${settings.basePath}/jobs`, 303)
  })
}

/** Only a path of this server: `//host` and `/\host` are addresses of others. */
function ownPath(value: unknown): string | undefined {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : undefined
}
