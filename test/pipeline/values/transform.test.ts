import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import { transforms } from '../../../src/domain/specification/fields/transforms.ts'
import { transformOf } from '../../../src/pipeline/values/transform.ts'

function changed(given: z.input<typeof transforms>, text: string): string {
  return transformOf(transforms.parse(given))?.(text) ?? text
}

test.each([
  [[{ kind: 'trim' as const }], '\u00a0 a b \t', 'a b'],
  [[{ kind: 'collapse' as const }], 'a \t\u00a0 b', 'a b'],
  [[{ kind: 'upper' as const }], 'straße i', 'STRASSE I'],
  [[{ kind: 'upper' as const, locale: 'tr' }], 'i', 'İ'],
  [[{ kind: 'lower' as const, locale: 'tr' }], 'I', 'ı'],
  [
    [{ kind: 'capitalise' as const }],
    "MARÍA de la O'NEILL-smith 2nd",
    "María De La O'neill-Smith 2nd",
  ],
  [[{ kind: 'capitalise' as const }], '𐐨𐐨', '𐐀𐐨'],
  [[{ kind: 'replace' as const, from: '.', to: '$&' }], 'a.b.', 'a$&b$&'],
  [
    [{ kind: 'replace' as const, from: '(\\d+)-(\\d+)', to: '$2/$1$$', pattern: true }],
    'a 1-2, 3-4.',
    'a 2/1$, 4/3$.',
  ],
  [[{ kind: 'replace' as const, from: '^0+', pattern: true }], '007', '7'],
  [[{ kind: 'replace' as const, from: 'x*', to: '-', pattern: true }], 'ab', '-a-b-'],
  [[{ kind: 'pad' as const, length: 3, with: '0' }], '7', '007'],
  [[{ kind: 'pad' as const, length: 3, side: 'end' as const, with: '😀' }], '😀', '😀😀😀'],
  [[{ kind: 'pad' as const, length: 3 }], 'long', 'long'],
  [[{ kind: 'unicode' as const }], 'e\u0301', 'é'],
  [[{ kind: 'unicode' as const, form: 'NFKC' as const }], 'ﬁ', 'fi'],
  [[{ kind: 'split' as const, separator: ', ', part: 2 }], 'Lee, Ann, X', 'Ann'],
  [[{ kind: 'split' as const, separator: ', ', part: -1 }], 'Lee, Ann, X', 'X'],
  [[{ kind: 'split' as const, separator: ', ', part: 5 }], 'Lee, Ann', ''],
])('%j makes of %j %j', (given, text, expected) => {
  expect(changed(given, text)).toBe(expected)
})

test('a pattern that would hold up another engine for ever takes no time', () => {
  const given = [{ kind: 'replace' as const, from: '(a+)+$', to: '', pattern: true }]
  const text = `${'a'.repeat(50_000)}!`
  expect(changed(given, text)).toBe(text)
})

test('a transform and its inverse give the value back', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{1,9}$/), (text) => {
      const pad = { kind: 'pad' as const, length: 10, with: '#' }
      const unpad = { kind: 'replace' as const, from: '^#+', pattern: true }
      expect(changed([pad, unpad], text)).toBe(text)
      expect(changed([{ kind: 'upper' }, { kind: 'lower' }], text)).toBe(text)
      const there = { kind: 'replace' as const, from: 'a', to: '\ue000' }
      const back = { kind: 'replace' as const, from: '\ue000', to: 'a' }
      expect(changed([there, back], text)).toBe(text)
    }),
  )
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const composed = text.normalize('NFC')
      expect(changed([{ kind: 'unicode', form: 'NFD' }, { kind: 'unicode' }], composed)).toBe(
        composed,
      )
    }),
  )
})

test('blanks are collapsed wherever they stand and whatever they are', () => {
  const blank = fc.constantFrom(' ', '  ', '\t', '\u00a0', 'a', 'é', '😀')
  fc.assert(
    fc.property(fc.array(blank), (parts) => {
      const text = parts.join('')
      expect(changed([{ kind: 'collapse' }], text)).toBe(text.replace(/\s+/gu, ' '))
    }),
  )
})

test('a part of a text is the one between its separators, or none', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', ',', ' ') })
  const separator = fc.constantFrom(',', ', ', 'aa', 'ab')
  const part = fc.integer({ min: -4, max: 4 }).filter((one) => one !== 0)
  fc.assert(
    fc.property(text, separator, part, (text, separator, part) => {
      const parts = text.split(separator)
      const expected = part > 0 ? parts[part - 1] : parts[parts.length + part]
      expect(changed([{ kind: 'split', separator, part }], text)).toBe(expected ?? '')
    }),
    { numRuns: 2_000 },
  )
})
