import type { Language } from './catalogue.ts'
import { consoleTexts as en } from './en/console.ts'
import { consoleTexts as es } from './es/console.ts'
import type { ConsoleTexts } from './en/console.ts'

export type { ConsoleTexts }

const TEXTS: Record<Language, ConsoleTexts> = { en, es }

/** The words of the pages. */
export function consoleTexts(language: Language): ConsoleTexts {
  return TEXTS[language]
}

/** Puts values in the place of their names, as in `Job {id}`. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
