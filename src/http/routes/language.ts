import type { AppDeps } from '../ground/env.ts'
import { formOf } from '../ground/form-of.ts'
import { parseLanguage, rememberLanguage } from '../ground/language.ts'
import type { Handler } from '../ground/route.ts'

/** Stands for this server, wherever it is. */
const OWN = 'http://own.invalid'

/** The switch in the page's head: remembers the choice, and goes back to the page. */
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
 * Only a path of this server. It is read as browsers do, to whom `//host`, `/\\host` and a tab
 * between the two strokes are addresses of others.
 */
function ownPath(value: unknown, basePath: string): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value, OWN)) return undefined
  const { origin, pathname, search } = new URL(value, OWN)
  const isOwn = origin === OWN && pathname.startsWith(`${basePath}/`) && !pathname.startsWith('//')
  return isOwn ? pathname + search : undefined
}
