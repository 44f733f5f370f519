import type { Language } from './languages.ts'
import { help as english } from './en/help.ts'
import { help as spanish } from './es/help.ts'

/** Requires the same keys in every language. */
type Texts<Of> = { [Key in keyof Of]: Of[Key] extends string ? string : Texts<Of[Key]> }
export type Help = Texts<typeof english>

const HELP: Record<Language, Help> = { en: english, es: spanish }

/** The help texts of the command line. */
export function helpIn(language: Language): Help {
  return HELP[language]
}
