import { expect, test } from 'vitest'
import { en } from '../../src/i18n/en.ts'
import { es } from '../../src/i18n/es.ts'
import { asOnForm } from '../../src/i18n/form-names.ts'

/** No field of a form says the same. */
const OF_COMMANDS = ['map', 'empty-overwrites']

test.each([['en', en] as const, ['es', es] as const])(
  'of what a job tells on pages in "%s", only what no form asks for is named as an option',
  (language, { messages }) => {
    const sentences = Object.values(messages).map((sentence) => asOnForm(language, sentence))
    const left = sentences.flatMap((sentence) => sentence.match(/--[a-z-]+/g) ?? [])
    expect([...new Set(left)].sort()).toEqual(OF_COMMANDS.map((name) => `--${name}`).sort())
  },
)

test.each([
  ['en', 'try --encoding {hint}, or --no-header', 'try "Encoding" {hint}, or'],
  ['es', 'pruebe --skip-last 1', 'pruebe «Registros del final que se dejan fuera» 1'],
  ['en', 'with --map a=b', 'with --map a=b'],
] as const)('in "%s" %s', (language, sentence, words) => {
  expect(asOnForm(language, sentence)).toContain(words)
})
