import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  LineScanner,
  type LineOptions,
} from '../../../../src/pipeline/formats/lines/line-scanner.ts'
import { windows } from '../../../../src/pipeline/source/windows.ts'

const START = { offset: 0, line: 1, record: 0 }
const parse = (text: string) => ({ flag: undefined, fields: [text] })

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function recordsOf(
  source: string | Buffer,
  {
    chunk = 64,
    from = START,
    ...options
  }: LineOptions & { chunk?: number; from?: typeof START } = {},
) {
  const bytes = Buffer.from(source).subarray(from.offset)
  const scanner = new LineScanner(from, parse, options)
  const found = []
  for await (const _ of windows(cut(bytes, chunk), scanner)) {
    for (let next = scanner.next(); next !== undefined; next = scanner.next()) {
      const { record, line, offset, bytes: size, raw } = next
      found.push({ record, line, offset, size, raw, ...next.read(), behind: scanner.position })
    }
  }
  return { found, position: scanner.position, empty: scanner.empty }
}

test('a line is a record, whatever ends it, and a blank one is none', async () => {
  const { found, position, empty } = await recordsOf('a\r\n\n \t\nñ\nlast')
  expect(found).toMatchObject([
    { record: 1, line: 1, offset: 0, size: 3, raw: 'a', fields: ['a'] },
    { record: 2, line: 4, offset: 7, size: 3, raw: 'Ã±', fields: ['ñ'] },
    { record: 3, line: 5, offset: 10, size: 4, raw: 'last', fields: ['last'] },
  ])
  expect([position, empty]).toEqual([{ offset: 14, line: 5, record: 3 }, 2])
})

test('bytes that are no text cost their line and no other', async () => {
  const lines = [
    Buffer.from('a\n'),
    Buffer.of(0x61, 0xff, 0x0a),
    Buffer.of(0x00, 0x0a),
    Buffer.from('b'),
  ]
  const { found } = await recordsOf(Buffer.concat(lines))
  expect(found.map(({ flag, raw }) => flag ?? raw)).toEqual(['a', 'encoding', 'nul', 'b'])
})

const piece = fc.constantFrom('a', 'ñ', ' ', '\n', '\r\n', '\r', 'x'.repeat(30), '日')
const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''))

test('what comes does not depend on how the bytes are cut, nor on where one goes on', async () => {
  const options = { maxRecordBytes: 20 }
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 40 }), async (source, chunk) => {
      const whole = await recordsOf(source, { ...options, chunk: 10_000 })
      expect(await recordsOf(source, { ...options, chunk })).toEqual(whole)
      for (const { behind } of whole.found.slice(0, 5)) {
        const rest = await recordsOf(source, { ...options, chunk, from: behind })
        expect(rest.found).toEqual(whole.found.filter(({ record }) => record > behind.record))
        expect(rest.position).toEqual(whole.position)
      }
    }),
    { numRuns: 300 },
  )
})

test('going back finds the same records once more', async () => {
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 40 }), async (source, chunk) => {
      const scanner = new LineScanner(START, parse, { maxRecordBytes: 20 })
      for await (const _ of windows(cut(Buffer.from(source), chunk), scanner)) {
        const mark = scanner.mark
        const take = () => Array.from({ length: 1_000 }, () => scanner.next()?.raw)
        const [first, end, empty] = [take(), scanner.position, scanner.empty]
        scanner.back(mark)
        expect([take(), scanner.position, scanner.empty]).toEqual([first, end, empty])
      }
    }),
    { numRuns: 200 },
  )
})

test('a line of many megabytes is read, and one without an end is not held', async () => {
  const long = 'x'.repeat(10 * 1024 * 1024)
  const { found } = await recordsOf(`${long}\nb\n`, { chunk: 65_536 })
  expect(found.map(({ raw, flag }) => [raw.length, flag])).toEqual([
    [long.length, undefined],
    [1, undefined],
  ])
  const scanner = new LineScanner(START, parse)
  const before = process.memoryUsage().arrayBuffers
  async function* endless() {
    const block = Buffer.alloc(1024 * 1024, 'y')
    for (let at = 0; at < 200; at++) yield block
    yield Buffer.from('\nafter\n')
  }
  const told = []
  for await (const _ of windows(endless(), scanner)) {
    for (let next = scanner.next(); next !== undefined; next = scanner.next()) told.push(next)
  }
  expect(told.map((one) => [one.read().flag, one.raw.length, one.bytes])).toEqual([
    ['too_long', 65_536, 200 * 1024 * 1024 + 1],
    [undefined, 5, 6],
  ])
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * 1024 * 1024)
})
