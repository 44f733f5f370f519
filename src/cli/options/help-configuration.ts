import type { HelpConfiguration, Option } from 'commander'
import type { Language } from '../../i18n/catalogue.ts'
import { fill } from '../../i18n/fill.ts'
import { helpIn } from '../../i18n/help.ts'

/** Configures commander's own texts in the help for the language. */
export function helpConfiguration(language: Language): HelpConfiguration {
  const { titles, tallyman } = helpIn(language)
  // Longer titles come first, because some end with a shorter one.
  const translated = (text: string) =>
    Object.entries(titles).reduce((before, [english, own]) => before.replace(english, own), text)
  return {
    showGlobalOptions: true,
    styleTitle: translated,
    styleUsage: translated,
    styleSubcommandTerm: translated,
    optionDescription({ description, argChoices, defaultValue }: Option) {
      const value: unknown = defaultValue
      const more: string[] = []
      if (argChoices) more.push(fill(tallyman.choices, () => argChoices.join(', ')))
      if (typeof value === 'string') more.push(fill(tallyman.default, () => value))
      return more.length === 0 ? description : `${description} (${more.join('; ')})`
    },
  }
}
