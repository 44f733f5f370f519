import { expect, test } from 'vitest'
import {
  characterFrom,
  characterName,
  delimiterFrom,
  delimiterName,
  recordEndFrom,
  recordEndName,
} from '../../../src/domain/specification/typed-characters.ts'

test.each([
  ['tab', '\t'],
  ['\\t', '\t'],
  ['space', ' '],
  ['||', '||'],
  [', ', ', '],
  ['\\x01', '\u0001'],
  ['\\u2016', '‖'],
  ['\\', '\\'],
])('the delimiter %j is %j', (typed, delimiter) => {
  expect(delimiterFrom(typed)).toBe(delimiter)
})

test.each([
  ['lf', '\n'],
  ['CRLF', '\r\n'],
  ['\\x1e', '\u001e'],
  ['~\\n', '~\n'],
])('the record end %j is %j', (typed, recordEnd) => {
  expect(recordEndFrom(typed)).toBe(recordEnd)
})

test('none is no quote at all', () => {
  expect(characterFrom('none')).toBe('')
  expect(characterName('')).toBe('none')
  expect(characterFrom("'")).toBe("'")
})

test('what is shown can be typed', () => {
  for (const text of ['\t', ' ', ';', '||', ', ', '\u0001', '\u001f\t']) {
    expect(delimiterFrom(delimiterName(text)), JSON.stringify(text)).toBe(text)
  }
  for (const text of ['\n', '\r\n', '\r', '\u001e', '~\n']) {
    expect(recordEndFrom(recordEndName(text)), JSON.stringify(text)).toBe(text)
  }
})
