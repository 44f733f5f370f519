import type { AppDeps } from '../ground/env.ts'
import { formOf } from '../ground/form-of.ts'
import { parseLanguage, rememberLanguage } from '../ground/language.ts'
import type { Handler } from '../ground/route.ts'

/** Placeholder origin of this server. */
const OWN = 'http://own.invalid'

/** The language switch in the page head: stores the choice in a cookie and returns to the page. */
export function switchLanguage({ settings }: Pick<AppDeps, 'settings'>): Handler {
  return async (c) => {
    const form = await formOf(c)
    const language = parseLanguage(form['language'])
    if (language !== undefined) rememberLanguage(c, language, settings.basePath)
    const list = `${settings.basePath}/jobs`
    return c.redirect(ownPath(form['return'], settings.basePath) ?? list, 303)
  }
}

/**
 * Accepts only paths of this server. Parsed as in browsers, which treat `//host`, `/\\host` and a
 * tab between the two slashes as other hosts.
 */
function ownPath(value: unknown, basePath: string): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value, OWN)) return undefined
  const { origin, pathname, search } = new URL(value, OWN)
  const isOwn = origin === OWN && pathname.startsWith(`${basePath}/`) && !pathname.startsWith('//')
  return isOwn ? pathname + search : undefined
}
