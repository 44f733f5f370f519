import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ColumnInfo } from '../../src/db/target.ts'
import { castFor } from '../../src/pipeline/cast.ts'

test('a decimal number is the double nearest to its text', () => {
  const digits = (maxLength: number) =>
    fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength })
  const number = fc
    .tuple(digits(18), fc.constantFrom('', '.'), digits(18))
    .map((all) => all.join(''))
  const cast = castFor(aNumber)
  fc.assert(
    fc.property(number, (text) => {
      if (!/\d/.test(text)) expect(cast?.(text)).toBeUndefined()
      // More digits than a double holds, without a point, stay as exact as they are.
      else expect(Number(cast?.(text))).toBe(Number(text))
    }),
    { numRuns: 2_000 },
  )
})

test.each(['.', '1.2.3', '1..2', '1,5', '0x10', '1e', '--1', ' '])('%j is no number', (text) => {
  expect(castFor(aNumber)?.(text)).toBeUndefined()
})

const aNumber: ColumnInfo = {
  name: 'amount',
  declared: 'real',
  type: 'number',
  nullable: true,
  defaultSql: null,
  maxLength: null,
  generated: false,
}
