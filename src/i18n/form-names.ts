import { consoleTexts } from './console.ts'
import { QUOTES, type Language } from './languages.ts'

/** An option of a command in a sentence of ours, as in `--header-lines 1`. */
const OPTION = /--([a-z]+(?:-[a-z]+)*)/g

/**
 * A sentence for who reads it on a page: its options are called there as the fields of the form
 * that say the same. What no field says is left to the command.
 */
export function asOnForm(language: Language, sentence: string): string {
  const { labels, noHeader } = consoleTexts(language).form
  const names: Partial<Record<string, string>> = labels
  return sentence.replace(OPTION, (option, words: string) => {
    if (words === 'no-header') return noHeader
    const label = names[words.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())]
    return label === undefined ? option : QUOTES[language].join(label)
  })
}
