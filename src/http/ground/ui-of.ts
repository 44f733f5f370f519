import { randomUUID } from 'node:crypto'
import path from 'node:path'
import type { Context } from 'hono'
import type { Ui } from '../../../views/ground/ui.ts'
import { consoleTexts } from '../../i18n/console.ts'
import { packageRoot } from '../../installation.ts'
import { operatorOf } from './caller.ts'
import type { AppDeps, AppEnv } from './env.ts'
import { requestLanguage, parseLanguage, rememberLanguage } from './language.ts'

const SAMPLES = path.relative(process.cwd(), path.join(packageRoot(), 'public/samples'))

/** The rendering context of a request: operator, language, base path and time. */
export function uiOf(c: Context<AppEnv>, { settings, assets, now }: AppDeps): Ui {
  const language = requestLanguage(c)
  const { pathname, search } = new URL(c.req.url)
  return {
    language,
    text: consoleTexts(language),
    base: settings.basePath,
    asset: (name) => settings.basePath + assets.pathOf(name),
    operator: operatorOf(c, settings),
    now: now(),
    timeZone: settings.timeZone,
    // A path with two slashes before it would be another host's.
    here: pathname.replace(/^\/+/, '/') + search,
    idempotencyKey: randomUUID(),
    samples: SAMPLES,
  }
}

/**
 * Applies the language that a form was submitted with; such a form is only rendered again.
 * @returns whether the form has a language
 */
export function changesLanguage(c: Context<AppEnv>, form: Record<string, unknown>): boolean {
  const language = parseLanguage(form['language'])
  if (language === undefined) return false
  const ui = c.get('ui')
  rememberLanguage(c, language, ui.base)
  c.set('ui', { ...ui, language, text: consoleTexts(language) })
  return true
}
