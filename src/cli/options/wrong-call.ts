import type { Command, CommanderError } from 'commander'
import type { Language } from '../../i18n/catalogue.ts'
import { fill } from '../../i18n/fill.ts'
import type { Help } from '../../i18n/en/help/help.ts'
import { helpIn } from '../../i18n/help.ts'

type Sentence = keyof Help['wrongCalls']

/**
 * The sentence for each of commander's error codes, and how to extract its parameters from
 * commander's English text.
 */
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

/**
 * What is wrong with the call, and what to do; undefined if commander printed what was asked for
 * (help or version).
 */
export function wrongCallText(
  { code, message }: CommanderError,
  language: Language,
): string | undefined {
  if (code.startsWith('commander.help') || code === 'commander.version') return undefined
  const texts = helpIn(language).wrongCalls
  const sentenceFor = (sentence: Sentence, names: RegExp) => {
    const found = names.exec(message)?.groups
    return found && fill(texts[sentence], (name) => found[name] ?? '')
  }
  const mistake = MISTAKES[code]
  const sentence = mistake && sentenceFor(mistake.sentence, mistake.names)
  return `${sentence ?? message} ${sentenceFor('suggestion', SUGGESTION) ?? texts.seeHelp}`
}

/** As commander refuses an argument that is always required. */
export function refuseNoTable(command: Command): never {
  command.error("error: missing required argument 'table'", { code: 'commander.missingArgument' })
}
