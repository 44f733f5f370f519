import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { batchesOf, recordsOf } from '../support/delimited.ts'

describe('any bytes at all', () => {
  const piece = fc.constantFrom('a', 'bc', '"', '""', ',', '\n', '\r', '\r\n', '\0', 'é', '\xff')
  const bytes = fc.array(piece, { maxLength: 60 }).map((pieces) => {
    return Buffer.concat(
      pieces.map((text) => Buffer.from(text, text === '\xff' ? 'latin1' : 'utf8')),
    )
  })
  const encoding = fc.constantFrom('utf-8', 'utf-16le', 'utf-16be', 'iso-8859-15')
  const maxRecordBytes = fc.constantFrom(6, 7, 16, 1000)

  test('give the same records in windows of any size', async () => {
    const sizes = fc.integer({ min: 1, max: 40 })
    await fc.assert(
      fc.asyncProperty(
        bytes,
        encoding,
        maxRecordBytes,
        sizes,
        async (source, name, max, windowBytes) => {
          const options = { encoding: name, maxRecordBytes: max, columns: 2 } as const
          const whole = await recordsOf(source, options)
          expect(await recordsOf(source, { ...options, windowBytes })).toEqual(whole)
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('give the same rest from any record on', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, encoding, maxRecordBytes, async (source, name, max) => {
        const options = { encoding: name, maxRecordBytes: max } as const
        const records = await recordsOf(source, options)
        for (const [index, { offset, line, record }] of records.entries()) {
          const from = { ...options, offset, line, record: record - 1 }
          expect(await recordsOf(source.subarray(offset), from)).toEqual(records.slice(index))
        }
      }),
      { numRuns: 500 },
    )
  })

  test('are all accounted for: records and empty lines lie end to end', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 40 }), async (source, windowBytes) => {
        const batches = await batchesOf(source, { windowBytes })
        let at = 0
        for (const { offset, end, raw, rawTruncated } of batches.flatMap(
          ({ records }) => records,
        )) {
          expect(source.toString('latin1', at, offset)).toMatch(/^[\r\n]*$/)
          expect(source.toString('latin1', offset, end)).toMatch(/(?:[^\r\n]|\r\n|\r|\n)$/)
          if (!rawTruncated)
            expect(source.toString('latin1', offset, offset + raw.length)).toBe(raw)
          at = end
        }
        expect(batches.at(-1)?.offset ?? 0).toBe(source.length)
        expect(source.toString('latin1', at)).toMatch(/^[\r\n]*$/)
      }),
    )
  })
})
