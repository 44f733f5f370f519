import type { Language } from './languages.ts'
import { consoleTexts as en } from './en/console.ts'
import { consoleTexts as es } from './es/console.ts'
import type { ConsoleTexts } from './en/console.ts'
import { fill as fillBy } from './fill.ts'
import { shown } from './shown.ts'

export type { ConsoleTexts }

const TEXTS: Record<Language, ConsoleTexts> = { en, es }

/** The texts of the pages in a language. */
export function consoleTexts(language: Language): ConsoleTexts {
  return TEXTS[language]
}

/** Fills in values that are already formatted. */
export function fill(text: string, values: Record<string, string | number>): string {
  return fillBy(text, (name) => shown(String(values[name] ?? `{${name}}`)))
}
