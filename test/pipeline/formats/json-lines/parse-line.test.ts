import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonFault } from '../../../../src/domain/texts/json-fault.ts'
import { lineParser } from '../../../../src/pipeline/formats/json-lines/parse-line.ts'
import { NULL_VALUE, TypedValue } from '../../../../src/pipeline/values/typed-value.ts'

const read = (line: string, header = ['a', 'b']) => lineParser(header)(line)

test('values have the kinds and the very digits that the line gives them', () => {
  const numbers = ['12345678901234567890', '1.10', '-0', '1E+05', '0.1e-7']
  for (const number of numbers) {
    expect(read(`{"a":${number}}`).fields).toEqual([new TypedValue('number', number), undefined])
  }
  expect(read('{ "b" : null , "a" : true }').fields).toEqual([
    new TypedValue('boolean', 'true'),
    NULL_VALUE,
  ])
})

test('what is no scalar is the JSON that it was written as', () => {
  const nested = '{"x": [1.10, "]}", {"a":  2}], "y":"\\""}'
  expect(read(`{"a":${nested},"b":[ ]}`).fields).toEqual([
    new TypedValue('json', nested),
    new TypedValue('json', '[ ]'),
  ])
})

test('an empty text is a text, and a name that is wanting is nothing', () => {
  const { fields, emptyTexts } = read('{"b":""}')
  expect([fields, emptyTexts]).toEqual([[undefined, ''], new Set([1])])
})

test('names are told that are no columns, whatever way they are written in', () => {
  expect(read('{"c":1,"\\u0061":"x","d":2}')).toMatchObject({
    fields: ['x', undefined],
    unknown: ['c', 'd'],
  })
})

test.each([
  ['{"a":1,"a":2}', { flag: 'name_twice', name: 'a' }],
  ['{"a":1,"\\u0061":2}', { flag: 'name_twice', name: 'a' }],
  ['{"z":"\\ud800"}', { flag: 'half_character', name: 'z' }],
  ['{"a":"x\\u0000"}', { flag: 'nul_character', name: 'a' }],
  ['[{"a":1}]', { flag: 'no_object' }],
  ['null', { flag: 'no_object' }],
  ['{"a":1', { flag: 'no_json', place: 7 }],
  ['{"a":01}', { flag: 'no_json', place: 7 }],
  ['{"a":1}{', { flag: 'no_json', place: 8 }],
  ['{a:1}', { flag: 'no_json', place: 2 }],
  ['{"a":"\t"}', { flag: 'no_json', place: 7 }],
  ['{"a":1,}', { flag: 'no_json', place: 8 }],
])('%s is no record, and says why', (line, found) => {
  expect(read(line)).toMatchObject(found)
})

describe('of any object', () => {
  const scalar = fc.oneof(fc.string({ unit: 'grapheme' }), fc.double({ noNaN: true }), fc.boolean())
  const value = fc.oneof(scalar, fc.array(scalar), fc.dictionary(fc.string(), scalar))
  const object = fc.dictionary(fc.string({ unit: 'grapheme' }), value)

  test('each member is found, with a value that says the same', () => {
    fc.assert(
      fc.property(object, fc.constantFrom(undefined, 1, '\t'), (given, space) => {
        const names = Object.keys(given)
        const line = JSON.stringify(given, null, space).replaceAll('\n', ' ')
        const { flag, fields } = read(line, names)
        if (flag !== undefined) return expect(line).toMatch(/\\u0000|\\ud[89a-f]/)
        const values = fields.map((field) =>
          field instanceof TypedValue ? JSON.parse(field.text) : field,
        )
        expect(values).toEqual(names.map((name) => JSON.parse(JSON.stringify(given[name]))))
      }),
      { numRuns: 2_000 },
    )
  })

  test('a fault is told exactly where the platform finds one', () => {
    const damage = fc.tuple(
      fc.nat(),
      fc.constantFrom('', '"', ',', '}', '{', '\\', '0', 'x', ':', ']'),
    )
    fc.assert(
      fc.property(object, damage, (given, [at, by]) => {
        const line = JSON.stringify(given)
        const place = at % (line.length + 1)
        const text = line.slice(0, place) + by + line.slice(place + 1)
        const fault = jsonFault(text)
        let isValid = true
        try {
          JSON.parse(text)
        } catch {
          isValid = false
        }
        if (isValid) expect(fault).toBe(text.length)
        // What comes before the fault can still become JSON: the platform only misses its end.
        else if (fault < text.length) expect(() => JSON.parse(text.slice(0, fault + 1))).toThrow()
      }),
      { numRuns: 3_000 },
    )
  })
})
