import { Hono, type Context } from 'hono'
import { setCookie } from 'hono/cookie'
import { languageDetector } from 'hono/language'
import { LANGUAGES, type Language } from '../../i18n/catalogue.ts'
import { consoleTexts } from '../../i18n/console.ts'
import type { AppDeps, AppEnv } from './env.ts'
import { formOf } from '../forms/form-of.ts'
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
    if (language !== undefined) rememberLanguage(c, language, settings.basePath)
    const list = `${settings.basePath}/jobs`
    return c.redirect(ownPath(form['return'], settings.basePath) ?? list, 303)
  })
}

/**
 * Where a language was sent with a form, its page is to be drawn again in that, and nothing done.
 * @returns whether it was
 */
export function changesLanguage(c: Context<AppEnv>, form: Record<string, unknown>): boolean {
  const language = parseLanguage(form['language'])
  if (language === undefined) return false
  const ui = c.get('ui')
  rememberLanguage(c, language, ui.base)
  c.set('ui', { ...ui, language, text: consoleTexts(language) })
  return true
}

function rememberLanguage(c: Context<AppEnv>, language: Language, basePath: string): void {
  setCookie(c, LANGUAGE_COOKIE, language, {
    path: basePath || '/',
    maxAge: YEAR_S,
    sameSite: 'Lax',
    httpOnly: true,
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
