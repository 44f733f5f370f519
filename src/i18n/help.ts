import type { Language } from './languages.ts'
import { help as english, type Help } from './en/help/help.ts'
import { help as spanish } from './es/help/help.ts'

const HELP: Record<Language, Help> = { en: english, es: spanish }

/** The help texts of the command line. */
export function helpIn(language: Language): Help {
  return HELP[language]
}
