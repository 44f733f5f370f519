import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import type { Ui } from '../../../views/ground/ui.ts'
import { LANGUAGES, type Language } from '../../i18n/catalogue.ts'
import { consoleTexts } from '../../i18n/console.ts'
import { callerOf } from './caller.ts'
import type { AppDeps, AppEnv } from './env.ts'

/** Who reads this request, in which language, and from where links go. */
export function uiOf(c: Context<AppEnv>, { settings, assets, now }: AppDeps): Ui {
  const language = languageOf(c)
  const { pathname, search } = new URL(c.req.url)
  return {
    language,
    text: consoleTexts(language),
    base: settings.basePath,
    asset: (name) => settings.basePath + assets.pathOf(name),
    operator: callerOf(c, settings).operator,
    now: now(),
    timeZone: settings.timeZone,
    here: pathname + search,
    idempotencyKey: randomUUID(),
  }
}

export function languageOf(c: Context<AppEnv>): Language {
  return parseLanguage(c.get('language')) ?? 'en'
}

export function parseLanguage(text: unknown): Language | undefined {
  return LANGUAGES.find((language) => language === text)
}
