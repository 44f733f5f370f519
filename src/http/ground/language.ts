import type { Context } from 'hono'
import { setCookie } from 'hono/cookie'
import { detectFromCookie, detectFromHeader } from 'hono/language'
import { LANGUAGES, type Language } from '../../i18n/catalogue.ts'
import type { AppEnv } from './env.ts'

const COOKIE = 'tallyman_language'
const YEAR_S = 365 * 24 * 60 * 60

const DETECTION = {
  order: ['cookie', 'header'],
  lookupQueryString: '',
  lookupCookie: COOKIE,
  lookupFromPathIndex: 0,
  lookupFromHeaderKey: 'accept-language',
  caches: false,
  ignoreCase: true,
  supportedLanguages: [...LANGUAGES],
  fallbackLanguage: 'en',
} satisfies Parameters<typeof detectFromCookie>[1]

/** The language chosen on a page, else the browser's preferred one, else English. */
export function requestLanguage(c: Context<AppEnv>): Language {
  const found = detectFromCookie(c, DETECTION) ?? detectFromHeader(c, DETECTION)
  return parseLanguage(found) ?? 'en'
}

export function parseLanguage(text: unknown): Language | undefined {
  return LANGUAGES.find((language) => language === text)
}

export function rememberLanguage(c: Context<AppEnv>, language: Language, basePath: string): void {
  setCookie(c, COOKIE, language, {
    path: basePath || '/',
    maxAge: YEAR_S,
    sameSite: 'Lax',
    httpOnly: true,
  })
}
