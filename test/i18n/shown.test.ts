import fc from 'fast-check'
import { expect, test } from 'vitest'
import { messageText, phrase, problemText, LANGUAGES } from '../../src/i18n/catalogue.ts'
import { fill } from '../../src/i18n/console.ts'
import { escapeJson, shown, shownLines } from '../../src/i18n/shown.ts'
import { expectLines, expectOneLine, hostileText, UNSEEN } from '../support/hostile-text.ts'

test('what cannot be seen becomes a sign, and all else stays as it is', () => {
  expect(shown('a\r\nb\tc\u001b[2J\u009b\u007f')).toBe('a\u240d\u240ab\u2409c\u241b[2J\ufffd\ufffd')
  expect(shown('fdp\u202egpj.\u2066exe\u2028\ud800')).toBe('fdp\ufffdgpj.\ufffdexe\ufffd\ufffd')
  const plain = 'Ñandú, שלום, 日本, 👩‍👧, می‌خواهم'
  expect(shown(plain)).toBe(plain)
  expect(shownLines('one\r\ntwo\u202e\rthree')).toBe('one\ntwo\ufffd\u240dthree')
})

test('any text is shown on one line, in its order, and as long as it is', () => {
  const property = fc.property(hostileText, (text) => {
    expectOneLine(shown(text))
    expect(shown(shown(text))).toBe(shown(text))
    expect([...shown(text)].length).toBe([...text].length)
  })
  fc.assert(property, { examples: [[UNSEEN]], numRuns: 1_000 })
})

test('whatever stands in a sentence makes no line of its own and turns nothing', () => {
  const property = fc.property(hostileText, fc.constantFrom(...LANGUAGES), (text, language) => {
    for (const sentence of [
      messageText(language, { code: 'TLY-1013', params: { mapped: text, left_out: text } }),
      messageText(language, { code: 'TLY-1017', params: { record: 1, outcome: text } }),
      messageText(language, { code: 'TLY-9012', params: { problem: 'no_table', table: text } }),
      problemText(language, { problem: 'no_table_column', table: text, column: text, columns: '' }),
      phrase(language, 'jobLine', { id: text, text }),
      fill('{label} and {n}', { label: text, n: 1 }),
    ]) {
      expectOneLine(sentence)
    }
  })
  fc.assert(property, { examples: [[UNSEEN, 'en']], numRuns: 500 })
})

test('JSON escapes the same characters, and says what it said', () => {
  const property = fc.property(hostileText, (text) => {
    const json = escapeJson(JSON.stringify({ text }))
    expectLines(`${json}\n`, 1)
    expect(JSON.parse(json)).toEqual({ text })
  })
  fc.assert(property, { numRuns: 1_000 })
})
