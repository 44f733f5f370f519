import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sourceReaderOf } from '../../../src/pipeline/known-formats.ts'
import { recordOfText, textOfRecord } from '../../../src/pipeline/repair/record-text.ts'
import {
  rewriteValues,
  singleRecord,
  valuesOfRecord,
} from '../../../src/pipeline/repair/rewrite.ts'

const PLACE = { record: 7, line: 9, offset: 100 }
const readerOf = (state: { format: 'delimited' | 'json_lines' } & Record<string, unknown>) =>
  sourceReaderOf(state)
const delimited = (given: object = {}) =>
  readerOf({
    format: 'delimited',
    encoding: 'utf-8',
    delimiter: ';',
    header: ['id', 'name', 'age'],
    isNamed: true,
    ...given,
  })
const json = readerOf({ format: 'json_lines', header: ['id', 'name', 'age'] })

function rewritten(reader: typeof json, text: string, changes: [number, string][]): string {
  const raw = Buffer.from(text)
  return rewriteValues(reader, PLACE, { raw, changes: new Map(changes) }).toString()
}

describe('a record of delimited text', () => {
  test('is written with another value, quoted where it must be; empty texts stay such', () => {
    expect(rewritten(delimited(), '1;"";x', [[2, '31']])).toBe('1;"";31')
    expect(rewritten(delimited(), '1;Ann;x', [[1, 'A;"n"']])).toBe('1;"A;""n""";x')
    expect(rewritten(delimited(), '1;Ann;x', [[2, '']])).toBe('1;Ann;')
    expect(rewritten(delimited({ escape: '\\' }), '1;"A\\"n";x', [[2, '3']])).toBe('1;"A\\"n";3')
  })

  test('is refused where the dialect or the encoding cannot hold the value', () => {
    const unquoted = delimited({ quote: '' })
    expect(() => rewritten(unquoted, '1;Ann;x', [[1, 'A;n']])).toThrow(
      expect.objectContaining({ problem: { problem: 'value_not_writable', text: 'A;n' } }),
    )
    const western = delimited({ encoding: 'windows-1252' })
    expect(() => rewritten(western, '1;Ann;x', [[1, 'Łódź']])).toThrow(
      expect.objectContaining({
        problem: { problem: 'no_character_for', text: 'Ł', encoding: 'windows-1252' },
      }),
    )
  })

  test('comes back with any values as they were given', () => {
    const value = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', ''))
    fc.assert(
      fc.property(fc.tuple(value, value, value), fc.nat(2), value, (values, at, given) => {
        const reader = delimited()
        const write = (changes: [number, string][], raw: Buffer) =>
          rewriteValues(reader, PLACE, { raw, changes: new Map(changes) })
        const raw = write([...values.entries()], Buffer.from('1;2;3'))
        const next = write([[at, given]], raw)
        expect(valuesOfRecord(reader, PLACE, next)).toEqual(values.with(at, given))
      }),
    )
  })
})

describe('an object of JSON Lines', () => {
  test('keeps all its other bytes; texts stay texts', () => {
    const line = '{"id": 1, "name":"A\\u006en" ,"age":"x","more":[1, 2]}'
    expect(rewritten(json, line, [[2, '31']])).toBe(
      '{"id": 1, "name":"A\\u006en" ,"age":"31","more":[1, 2]}',
    )
    expect(rewritten(json, '{"id":1,"age":true}', [[2, '3']])).toBe('{"id":1,"age":3}')
    expect(rewritten(json, '{"id":1,"age":true}', [[2, '3a']])).toBe('{"id":1,"age":"3a"}')
    expect(rewritten(json, '{"id":1,"age":9}', [[2, '']])).toBe('{"id":1,"age":null}')
    expect(rewritten(json, '{"id":1}', [[1, 'Ann']])).toBe('{"id":1,"name":"Ann"}')
    expect(
      rewritten(json, '{"age":1,"id":2}', [
        [0, '5'],
        [2, '6'],
      ]),
    ).toBe('{"age":6,"id":5}')
  })
})

test('bytes that hold no record, or several, are told apart from one', () => {
  const reader = delimited({ comment: '#' })
  const at = (text: string) => singleRecord(reader, PLACE, Buffer.from(text))?.record
  expect(at('1;Ann;31')).toBe(7)
  expect(at('1;"An\nn";31')).toBe(7)
  for (const text of ['', '\n', '# 1', '1;A;3\n2;B;4', '1;A;3\n']) expect(at(text)).toBeUndefined()
})

test('a line is edited as text, and refused while unreadable bytes are in it', () => {
  const raw = Buffer.from('1;Jos\xe9;3', 'latin1')
  expect(textOfRecord(raw, 'utf-8')).toBe('1;Jos\ufffd;3')
  expect(() => recordOfText('1;Jos\ufffd;3', 'utf-8')).toThrow(
    expect.objectContaining({ problem: { problem: 'unreadable_left' } }),
  )
  expect(recordOfText('1;José;3', 'windows-1252')).toEqual(raw)
})
