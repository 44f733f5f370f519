import type { Language } from './languages.ts'
import { consoleTexts as en } from './en/console.ts'
import { consoleTexts as es } from './es/console.ts'
import type { ConsoleTexts } from './en/console.ts'
import { fill as fillBy } from './fill.ts'
import { shown } from './shown.ts'

export type { ConsoleTexts }

const TEXTS: Record<Language, ConsoleTexts> = { en, es }

/** The words of the pages. */
export function consoleTexts(language: Language): ConsoleTexts {
  return TEXTS[language]
}

/** Puts values that are words already in the place of their names. */
export function fill(text: string, values: Record<string, string | number>): string {
  return fillBy(text, (name) => shown(String(values[name] ?? `{${name}}`)))
}
