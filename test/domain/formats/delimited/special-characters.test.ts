import { expect, test } from 'vitest'
import {
  parseCharacter,
  characterName,
  parseDelimiter,
  delimiterName,
  parseRecordEnd,
  recordEndName,
} from '../../../../src/domain/formats/delimited/special-characters.ts'

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
  expect(parseDelimiter(typed)).toBe(delimiter)
})

test.each([
  ['lf', '\n'],
  ['CRLF', '\r\n'],
  ['\\x1e', '\u001e'],
  ['~\\n', '~\n'],
])('the record end %j is %j', (typed, recordEnd) => {
  expect(parseRecordEnd(typed)).toBe(recordEnd)
})

test('none is no quote at all', () => {
  expect(parseCharacter('none')).toBe('')
  expect(characterName('')).toBe('none')
  expect(parseCharacter("'")).toBe("'")
})

test('what is shown can be typed', () => {
  for (const text of ['\t', ' ', ';', '||', ', ', '\u0001', '\u001f\t']) {
    expect(parseDelimiter(delimiterName(text)), JSON.stringify(text)).toBe(text)
  }
  for (const text of ['\n', '\r\n', '\r', '\u001e', '~\n']) {
    expect(parseRecordEnd(recordEndName(text)), JSON.stringify(text)).toBe(text)
  }
})
