import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quotedIn } from '../../../../../src/pipeline/formats/delimited/dialect/quoted-in.ts'
import { rounds } from '../../../../support/faults/chance.ts'
import { USUAL_DIALECT } from '../../../../../src/pipeline/formats/delimited/dialect/dialect.ts'
import {
  sniffDialect,
  type Asked,
} from '../../../../../src/pipeline/formats/delimited/detection/sniff-dialect.ts'

const ANYTHING = { ...USUAL_DIALECT, delimiter: null, quote: null, escape: null, header: false }

function sniff(text: string, asked: Partial<Asked> = {}) {
  return sniffDialect({ text, isWhole: true }, { ...ANYTHING, ...asked })
}

const lines = (...all: string[]) => all.map((line) => `${line}\n`).join('')

test('a mark whose other half is none of the encoding quotes nothing', () => {
  const text = lines('id,name', '1,\xa5Ann', '2,\xa5Bob')
  expect(sniff(text, { encoding: 'iso-8859-16' }).dialect.quote).toBe('"')
})

test.each([null, '"'])(
  'a quote that is its own escape is a doubled one, with the quote %j',
  (quote) => {
    const text = lines('id,name', '1,""', '2,"a ""b"" c"')
    const { dialect } = sniff(text, { quote, escape: '"' })
    expect(dialect).toMatchObject({ delimiter: ',', quote: '"', escape: '' })
  },
)

describe('the delimiter of a source', () => {
  test.each([
    [',', 'a,b;c\n1,2\n3,4;5\n'],
    [';', 'name;amount\nx;1,50\ny;2,50\nz;3\n'],
    ['\t', 'a\tb, c\n1\t2\n'],
    ['|', 'a|b|c\n1|2|3\n'],
    [';', '"a, b, c";d\n"e, f";g\n'],
    [';', 'size;unit\n5" pipe;1\n6" pipe;2\n'],
    [',', 'id\n1\n2\n'],
    [',', ''],
    [';', 'a;b'],
    [';', lines('April 15, 2023;40;25.00;Ray;', 'April 8, 2023;41;25.00;Ray')],
    ['\x01', lines('id\x01name', '1\x01Ann', '2\x01Bob')],
    [' ', lines('id first last', '1 Ann Lee', '2 Bob Ray', '3 Eve Poe', '4 Zoe Fox')],
    [', ', lines('id, "name"', '1, "Lee, Ann"', '2, "Ray, Bob"')],
    ['||', lines('id||name', '1||Ann', '2||Bob')],
  ])('is %j in %j', (delimiter, text) => {
    expect(sniff(text).dialect.delimiter).toBe(delimiter)
  })

  test('is no blank between a few words, nor a bar with nothing between two', () => {
    expect(sniff(lines('John Smith', 'Ann Lee', 'Bob Ray')).dialect.delimiter).toBe(',')
    expect(sniff(lines('a||b', '1|2|3')).dialect.delimiter).toBe('|')
  })

  test('is none that the header does not have', () => {
    const text = lines('name', 'Lee, Ann', 'Ray, Bob')
    expect(sniff(text).dialect.delimiter).toBe(',')
    expect(sniff(lines('n;m', 'Lee,1;2', 'Ray,1;3'), { header: true }).dialect.delimiter).toBe(';')
    expect(sniff(text, { header: true }).alternatives).toEqual([])
  })

  test('is told with its confidence and with what it may be as well', () => {
    expect(sniff(lines('a,b', '1,2'))).toMatchObject({ confidence: 1, alternatives: [] })
    const doubtful = sniff(lines('a,b;c', '1,2;3'))
    expect(doubtful.confidence).toBe(0.5)
    expect(doubtful.alternatives).toEqual([';'])
  })
})

describe('the quote of a source', () => {
  test.each([
    ['"', lines('a,b', '1,"x, y"')],
    ['"', lines('a,b', '1,2')],
    ["'", lines("'a','b'", "'1','x, y'", "'2','it''s'")],
    ["'", lines("id,'text'", "1,'Men's boots, brown'", "2,'won't fit'")],
    ['"', lines('a,b', "1,'tis", "2,rock 'n' roll")],
    ['"', lines('a,b', "1,'99", "2,'quoted once'", '3,plain', '4,plain')],
  ])('is %j in %j', (quote, text) => {
    expect(sniff(text).dialect.quote).toBe(quote)
  })

  test('may be a pair', () => {
    const text = Buffer.from(lines('“a”;“b”', '“1”;“x; y”')).toString('latin1')
    expect(sniff(text).dialect).toMatchObject({ delimiter: ';', quote: '“' })
  })

  test('is none in a file with tabs whose marks do not behave', () => {
    const text = lines('id\tname', '1\t"open one', '2\tmid', '3\tclose"', '4\tx')
    expect(sniff(text).dialect).toMatchObject({ delimiter: '\t', quote: '' })
    expect(sniff(lines('a\tb', '1\t5" pipe', '2\t6"')).dialect.quote).toBe('')
  })

  test('is one in a file with tabs whose marks stand around whole values', () => {
    const text = lines('id\tname', '1\t"say ""x"""', '2\t"two\nlines"', '3\t"a\tb"')
    expect(sniff(text).dialect.quote).toBe('"')
  })

  test('is kept from ending a value by a backslash where nothing else explains it', () => {
    expect(sniff(lines('a,b', '1,"say \\"x\\""')).dialect.escape).toBe('\\')
    expect(sniff(lines('a,b', '1,"C:\\"', '2,"D:\\"')).dialect.escape).toBe('')
  })

  test('of another kind is escaped by the usual one where that is doubled in every value', () => {
    const sizes = (...all: string[]) =>
      lines("id,'size'", ...all.map((size) => `1,'Round, ${size}'`))
    expect(sniff(sizes('48""', '60""', 'small')).dialect).toMatchObject({ quote: "'", escape: '"' })
    expect(sniff(sizes('48""', 'small', '')).dialect).toMatchObject({ quote: "'", escape: '' })
    expect(sniff(sizes('48""', '60""', '5"')).dialect.escape).toBe('')
  })
})

test('what was asked for is not looked for', () => {
  const asked = { delimiter: ';', quote: '', escape: '' }
  expect(sniff(lines('a,b', '1,"2"'), asked).dialect).toMatchObject(asked)
})

test('a clean file whose values hold no other marks is read as it was written', () => {
  const cell = fc.oneof(
    fc.constantFrom('', '1', '-2.50', '007', '2024-01-05', 'a "quoted" word', 'two\nlines'),
    fc.constantFrom("O'Brien", "'tis", 'C:\\x', 'José', '“so”', 'two words', '50 %', '#1', '{a}'),
    fc.string({ unit: 'grapheme', maxLength: 6 }).filter((text) => !/[,;\t|]/.test(text)),
  )
  const files = fc.integer({ min: 2, max: 5 }).chain((width) =>
    fc.record({
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      header: fc.constant(Array.from({ length: width }, (_, at) => `name ${at}`)),
      rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 12 }),
    }),
  )
  fc.assert(
    fc.property(files, ({ delimiter, header, rows }) => {
      const wanted = { ...USUAL_DIALECT, delimiter }
      const text = lines(
        ...[header, ...rows].map((row) => row.map((one) => quotedIn(one, wanted)).join(delimiter)),
      )
      const found = sniff(Buffer.from(text).toString('latin1'), { header: true }).dialect
      expect([found.delimiter, found.quote, found.escape]).toEqual([delimiter, '"', ''])
    }),
    { numRuns: rounds(500, 100_000) },
  )
})
