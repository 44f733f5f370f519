import { expect, test } from 'vitest'
import { consoleTexts, fill } from '../../src/i18n/console.ts'

/** What is written the same in both languages. */
const SAME = [
  'assistantExport.rows.yesOrNo.false',
  'form.formats.json_lines',
  'general.sha256',
  'general.bytes',
  'job.general',
  'report.no',
  'report.rejects.errors',
  'templates.natives.json-lines-import.name',
  'templates.natives.csv-export.name',
  'templates.natives.json-lines-export.name',
]

/** What has none besides its placeholders has nothing to translate. */
const WORDS = /\p{L}/u

const english = flat(consoleTexts('en'))
const spanish = flat(consoleTexts('es'))
const placeholders = (text = '') => (text.match(/\{\w+\}/g) ?? []).sort()

test('the pages have the same texts in both languages, each with the same placeholders', () => {
  expect([...spanish.keys()].sort()).toEqual([...english.keys()].sort())
  for (const [key, text] of english) {
    expect(placeholders(spanish.get(key)), key).toEqual(placeholders(text))
  }
})

test('every text of the pages is translated', () => {
  const untranslated = [...english].filter(
    ([key, text]) => spanish.get(key) === text && WORDS.test(text.replace(/\{[^}]*\}/g, '')),
  )
  expect(untranslated.map(([key]) => key).filter((key) => !SAME.includes(key))).toEqual([])
})

/** What a language writes with small words, no other does. */
const ENGLISH = /\b(the|and|or|of|with|is|are|file|job|tab|semicolon|pipe|space|worker)\b/i

test('no text of the pages in Spanish has English in it', () => {
  expect([...spanish].filter(([, text]) => ENGLISH.test(text.replace(/\{[^}]*\}/g, '')))).toEqual(
    [],
  )
})

test('a text is filled as it is, and what has no value shows its name', () => {
  expect(fill('Job {id}: {what}', { id: '$&{id}' })).toBe('Job $&{id}: {what}')
})

test('a number asks for the form of a word that goes with it', () => {
  const text = (n: string) => fill('{n} {n:record was|records were} rejected', { n })
  expect(['0', '1', '2', '1,001'].map(text)).toEqual([
    '0 records were rejected',
    '1 record was rejected',
    '2 records were rejected',
    '1,001 records were rejected',
  ])
})

test.each([
  ['en', 'Import the 1, 1 of them over a row that is there'],
  ['es', 'Importar el 1, 1 sobre una fila de la tabla'],
] as const)('a button that imports one record says so in "%s"', (language, words) => {
  expect(fill(consoleTexts(language).repair.importOver, { n: '1', over: '1' })).toBe(words)
})

/** Every text under its path, as in `job.label`. */
function flat(texts: object, path: string[] = []): Map<string, string> {
  const entries = Object.entries(texts).flatMap(([key, value]): [string, string][] => {
    const here = [...path, key]
    return typeof value === 'string' ? [[here.join('.'), value]] : [...flat(value, here)]
  })
  return new Map(entries)
}
