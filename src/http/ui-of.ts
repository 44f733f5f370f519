import { isUtf8 } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import type { Ui } from '../../views/ui.ts'
import { LANGUAGES, type Language } from '../i18n/catalogue.ts'
import { consoleTexts } from '../i18n/console.ts'
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
    operator: operatorOf(c, settings),
    now: now(),
    timeZone: settings.timeZone,
    here: pathname + search,
    once: randomUUID(),
  }
}

export function languageOf(c: Context<AppEnv>): Language {
  return parseLanguage(c.get('language')) ?? 'en'
}

export function parseLanguage(text: unknown): Language | undefined {
  return LANGUAGES.find((language) => language === text)
}

/** A header is believed only where the configuration says that a proxy sets it. */
function operatorOf(
  c: Context<AppEnv>,
  { operatorHeader, operator }: Pick<AppDeps['settings'], 'operatorHeader' | 'operator'>,
): string {
  const named = operatorHeader === null ? undefined : c.req.header(operatorHeader)?.trim()
  return named ? decoded(named).slice(0, 200).toWellFormed() : operator
}

/** To HTTP the bytes of a header are Latin-1; most proxies write a name as UTF-8 all the same. */
function decoded(header: string): string {
  const bytes = Buffer.from(header, 'latin1')
  return isUtf8(bytes) ? bytes.toString() : header
}
