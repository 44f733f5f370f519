import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fieldSpans } from '../../../../../src/pipeline/formats/delimited/scan/field-spans.ts'
import { recordsOf } from '../../../../support/pipeline/delimited.ts'

const piece = fc.constantFrom('a', 'é', '"', '""', ',', ',"', '",', ' ', '\n')
const lines = fc.array(piece, { minLength: 1, maxLength: 30 }).map((pieces) => pieces.join(''))

test('a record falls into the fields that the tokenizer read, and is damaged where it says so', async () => {
  await fc.assert(
    fc.asyncProperty(lines, async (text) => {
      for (const { raw, fields, flag } of await recordsOf(text)) {
        const { spans, damage } = fieldSpans(raw, ',')
        const isCutShort = flag !== undefined && damage?.flag === 'unterminated_quote'
        // Of a record of several lines that went wrong on a later one, only the first is kept.
        if (!isCutShort) expect(damage?.flag).toBe(flag)
        if (flag === undefined) {
          expect(spans.map(({ from, to }) => valueOf(raw.slice(from, to)))).toEqual(fields)
        }
      }
    }),
    { numRuns: 3000 },
  )
})

test('a damaged place lies within the field that is damaged, which is the last one', () => {
  fc.assert(
    fc.property(lines, (text) => {
      const { spans, damage } = fieldSpans(text, ',')
      const last = spans.at(-1)
      if (damage === undefined) return
      expect(damage.span.from).toBeGreaterThanOrEqual(last?.from ?? Infinity)
      expect(damage.span.to).toBeLessThanOrEqual(last?.to ?? -1)
      expect(damage.span.to).toBeGreaterThan(damage.span.from)
    }),
  )
})

test.each([
  ['1,An"a,x', 'bare_quote', '"'],
  ['1,"Ana" María,x', 'text_after_quote', ' María'],
  ['1,"Ana,x', 'unterminated_quote', '"'],
])('%s is damaged at the very place', (text, flag, marked) => {
  const { spans, damage } = fieldSpans(text, ',')
  expect(damage?.flag).toBe(flag)
  expect(text.slice(damage?.span.from, damage?.span.to)).toBe(marked)
  expect(spans).toHaveLength(2)
})

/** As bytes of Latin-1, which the tokenizer has decoded by now. */
function valueOf(written: string): string {
  const text = Buffer.from(written, 'latin1').toString()
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text
}
