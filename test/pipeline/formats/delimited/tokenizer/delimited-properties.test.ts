import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Encoding } from '../../../../../src/pipeline/encodings/encoding-names.ts'
import { swapped } from '../../../../../src/pipeline/encodings/encoding.ts'
import { scannerFor } from '../../../../../src/pipeline/formats/delimited/tokenizer/delimited.ts'
import type { RecordScanner } from '../../../../../src/pipeline/formats/delimited/tokenizer/record-scanner.ts'
import { batchesOf, DEFAULTS, recordsOf, toldBy } from '../../../../support/pipeline/delimited.ts'

/** Becomes a byte, or half a surrogate pair, that its encoding does not allow. */
const DAMAGE = '\ud83d'

describe('any bytes at all', () => {
  const text = fc.constantFrom('a', 'bc', ',', '\n', '\r', '\r\n', '\0', 'é', DAMAGE)
  const piece = fc.oneof(text, fc.constantFrom('"', '""', ',"', '",', '"\n', '\n"', '"a'))
  const pieces = fc.array(piece, { maxLength: 60 })
  const encoding = fc.constantFrom('utf-8', 'utf-16le', 'utf-16be', 'iso-8859-15')
  const sources = fc.record({ pieces, encoding, oddByte: fc.boolean() }).map(encoded)
  const sizes = fc.integer({ min: 1, max: 40 })
  const limits = fc.constantFrom(6, 7, 16, 1000)

  const cuts = fc.record({ windowBytes: sizes, chunkBytes: sizes, blockBytes: sizes })

  test('give the same records in windows, chunks and blocks of any size', async () => {
    await fc.assert(
      fc.asyncProperty(sources, limits, cuts, async (source, maxRecordBytes, cut) => {
        const options = { encoding: source.encoding, maxRecordBytes, columns: 2 }
        const whole = await recordsOf(source.bytes, options)
        expect(await recordsOf(source.bytes, { ...options, ...cut })).toEqual(whole)
      }),
      { numRuns: 3000 },
    )
  })

  test('give the same records once more when the scanner goes back', async () => {
    const steps = fc.integer({ min: 0, max: 20 })
    await fc.assert(
      fc.property(sources, limits, sizes, steps, (source, maxRecordBytes, windowBytes, before) => {
        const options = { ...DEFAULTS, encoding: source.encoding, maxRecordBytes, windowBytes }
        const scanner = scannerFor(options)
        scanner.append(source.bytes)
        scanner.end()
        scanner.scan()
        for (let step = 0; step < before; step++) scanner.next()
        const mark = scanner.mark
        const once = takeAll(scanner)
        const end = scanner.mark
        scanner.back(mark)
        expect(takeAll(scanner)).toEqual(once)
        expect(scanner.mark).toEqual(end)
      }),
      { numRuns: 2000 },
    )
  })

  test('give the same rest from any record on', async () => {
    await fc.assert(
      fc.asyncProperty(sources, limits, async (source, maxRecordBytes) => {
        const options = { encoding: source.encoding, maxRecordBytes }
        const records = await recordsOf(source.bytes, options)
        for (const [index, { offset, line, record }] of records.entries()) {
          const from = { ...options, offset, line, record: record - 1 }
          const rest = await recordsOf(source.bytes.subarray(offset), from)
          expect(rest).toEqual(records.slice(index))
        }
      }),
      { numRuns: 500 },
    )
  })

  test('are all accounted for: between the records lie line ends and delimiters only', async () => {
    await fc.assert(
      fc.asyncProperty(sources, sizes, async ({ bytes, encoding }, windowBytes) => {
        const batches = await batchesOf(bytes, { encoding, windowBytes })
        let at = 0
        for (const { offset, end, raw } of batches.flatMap(({ records }) => records)) {
          expect(bytes.toString('latin1', at, offset)).toMatch(/^[\r\n\0,]*$/)
          expect(bytes.toString('latin1', offset, offset + raw.length)).toBe(raw)
          expect(bytes.toString('latin1', offset + raw.length, end)).toMatch(/^\0?\r?\0?\n?\0?$/)
          at = end
        }
        expect(bytes.toString('latin1', at)).toMatch(/^[\r\n\0,]*$/)
        expect(batches.at(-1)?.offset ?? 0).toBe(bytes.length)
      }),
      { numRuns: 1000 },
    )
  })

  test('have the lines that a count of their line ends gives', async () => {
    await fc.assert(
      fc.asyncProperty(pieces, sizes, async (texts, windowBytes) => {
        const { bytes } = encoded({ pieces: texts, encoding: 'iso-8859-15', oddByte: false })
        const lineAt = (offset: number) =>
          1 + (bytes.toString('latin1', 0, offset).match(/\r\n|\r|\n/g) ?? []).length
        const records = await recordsOf(bytes, { encoding: 'iso-8859-15', windowBytes })
        for (const { offset, line, end, nextLine } of records) {
          expect([line, nextLine]).toEqual([lineAt(offset), lineAt(end)])
        }
      }),
      { numRuns: 1000 },
    )
  })
})

function takeAll(scanner: RecordScanner) {
  const records = []
  for (let record = scanner.next(); record !== undefined; record = scanner.next()) {
    records.push(toldBy(record))
  }
  return records
}

type Pieces = { pieces: string[]; encoding: Encoding; oddByte: boolean }

function encoded({ pieces, encoding, oddByte }: Pieces): { bytes: Buffer; encoding: Encoding } {
  if (encoding.startsWith('utf-16')) {
    const little = Buffer.from(pieces.join(''), 'utf16le')
    const bytes = encoding === 'utf-16be' ? swapped(little) : little
    return { bytes: Buffer.concat([bytes, Buffer.alloc(oddByte ? 1 : 0, 'x')]), encoding }
  }
  const bytes = pieces.map((piece) => (piece === DAMAGE ? Buffer.of(0xff) : Buffer.from(piece)))
  return { bytes: Buffer.concat(bytes), encoding }
}
