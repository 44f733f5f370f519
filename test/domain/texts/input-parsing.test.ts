import fc from 'fast-check'
import { expect, test } from 'vitest'
import { InvalidInputError } from '../../../src/domain/words/errors.ts'
import { parseNames, formatNames } from '../../../src/domain/texts/input-parsing.ts'

test.each<[string, string[]]>([
  ['a', ['a']],
  ['a, b ,c', ['a', 'b', 'c']],
  ['"last, first"', ['last, first']],
  ['id, "last, first" ,x', ['id', 'last, first', 'x']],
  ['"say ""x"""', ['say "x"']],
  ['a "b" c', ['a "b" c']],
  ['" a"', [' a']],
])('%s names %j', (text, names) => {
  expect(parseNames(text)).toEqual(names)
})

test.each(['', ',', 'a,', 'a,,b', '""', '"a', '"a"b', '"a",'])('%j is a slip', (text) => {
  expect(() => parseNames(text)).toThrow(InvalidInputError)
})

test('names are read as they are written', () => {
  const name = fc.string({ unit: fc.constantFrom(...'ab ",é\t'), minLength: 1 })
  fc.assert(
    fc.property(fc.array(name, { minLength: 1 }), (names) => {
      expect(parseNames(formatNames(names))).toEqual(names)
    }),
  )
})
