import type { Language } from './catalogue.ts'
import { help as english } from './en/help.ts'
import { help as spanish } from './es/help.ts'

/** The same keys in every language. */
type Texts<Of> = { [Key in keyof Of]: Of[Key] extends string ? string : Texts<Of[Key]> }
export type Help = Texts<typeof english>

/** What the command line says of itself. */
export function helpIn(language: Language): Help {
  return language === 'es' ? spanish : english
}
