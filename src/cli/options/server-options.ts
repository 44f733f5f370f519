import { Option } from 'commander'
import { DEFAULT_HOST, DEFAULT_PORT } from '../../config.ts'
import type { Language } from '../../i18n/catalogue.ts'
import { fill } from '../../i18n/fill.ts'
import { helpIn } from '../../i18n/help.ts'

/** Shared by the server and the demo. */
export function portOption(language: Language): Option {
  return new Option(
    '--port <n>',
    fill(helpIn(language).serve.port, () => String(DEFAULT_PORT)),
  )
}

export function hostOption(language: Language): Option {
  return new Option(
    '--host <name>',
    fill(helpIn(language).serve.host, () => DEFAULT_HOST),
  )
}

/** Shared by the server and the worker. */
export function keepDaysOption(language: Language): Option {
  return new Option('--keep-days <n>', helpIn(language).serve.keepDays)
}

/** Shared by all that make or run jobs. Its variable is for processes that others start. */
export function filesOption(language: Language): Option {
  return new Option('--files <place>', helpIn(language).serve.files)
}
