import { Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { languageDetector } from 'hono/language'
import { LANGUAGES } from '../i18n/catalogue.ts'
import type { AppDeps, AppEnv } from './env.ts'
import { formOf } from './form-of.ts'
import { parseLanguage } from './ui-of.ts'

export const LANGUAGE_COOKIE = 'tallyman_language'
const YEAR_S = 365 * 24 * 60 * 60
/** Stands for this server, wherever it is. */
const OWN = 'http://own.invalid'

/** In which language who asks wants to be answered. */
export const readLanguage = languageDetector({
  order: ['cookie', 'header'],
  lookupCookie: LANGUAGE_COOKIE,
  supportedLanguages: [...LANGUAGES],
  fallbackLanguage: 'en',
  caches: false,
})

/** The switch in the page's head: remembers the choice, and goes back to the page. */
export function languageRoutes({ settings }: Pick<AppDeps, 'settings'>) {
  return new Hono<AppEnv>().post('/language', async (c) => {
    const form = await formOf(c)
    const language = parseLanguage(form['language'])
    if (language !== undefined) {
      setCookie(c, LANGUAGE_COOKIE, language, {
        path: settings.basePath || '/',
        maxAge: YEAR_S,
        sameSite: 'Lax',
        httpOnly: true,
      })
    }
    const list = `${settings.basePath}/jobs`
    return c.redirect(ownPath(form['return'], settings.basePath) ?? list, 303)
  })
}

/**
 * Only a path of this server. It is read as browsers do, to whom `//host`, `/\\host` and a tab
 * between the two strokes are addresses of others.
 */
function ownPath(value: unknown, basePath: string): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value, OWN)) return undefined
  const { origin, pathname, search } = new URL(value, OWN)
  const isOwn = origin === OWN && pathname.startsWith(`${basePath}/`) && !pathname.startsWith('//')
  return isOwn ? pathname + search : undefined
}
