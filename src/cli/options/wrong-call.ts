import type { CommanderError } from 'commander'
import type { Language } from '../../i18n/catalogue.ts'
import { fill } from '../../i18n/fill.ts'
import { helpIn, type Help } from '../../i18n/help.ts'

type Sentence = keyof Help['wrongCalls']

/** What is wrong, by commander's codes, and where its English sentence names what that is about. */
const MISTAKES: Record<string, { sentence: Sentence; names: RegExp }> = {
  'commander.missingArgument': { sentence: 'noArgument', names: /argument '(?<name>.*)'/s },
  'commander.optionMissingArgument': { sentence: 'noValue', names: /option '(?<name>.*)' arg/s },
  'commander.missingMandatoryOptionValue': {
    sentence: 'noOption',
    names: /option '(?<name>.*)' not/s,
  },
  'commander.unknownOption': { sentence: 'unknownOption', names: /option '(?<name>.*)'/s },
  'commander.unknownCommand': { sentence: 'unknownCommand', names: /command '(?<name>.*)'/s },
  'commander.excessArguments': { sentence: 'tooMany', names: /for '(?<name>.*?)'/s },
  'commander.invalidArgument': {
    sentence: 'noChoice',
    names: /'(?<name>.*?)' argument '(?<value>.*)' is invalid\..* are (?<choices>.*)\.$/s,
  },
}
const SUGGESTION = /\(Did you mean (?:one of )?(?<names>.*)\?\)$/s

/** What is wrong with the call, and what to do; undefined where it was answered with what was asked for. */
export function wrongCallText(
  { code, message }: CommanderError,
  language: Language,
): string | undefined {
  if (code.startsWith('commander.help') || code === 'commander.version') return undefined
  const texts = helpIn(language).wrongCalls
  const say = (sentence: Sentence, names: RegExp) => {
    const found = names.exec(message)?.groups
    return found && fill(texts[sentence], (name) => found[name] ?? '')
  }
  const mistake = MISTAKES[code]
  const said = mistake && say(mistake.sentence, mistake.names)
  return `${said ?? message} ${say('suggestion', SUGGESTION) ?? texts.seeHelp}`
}
