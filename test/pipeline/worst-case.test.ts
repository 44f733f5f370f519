import { describe, expect, test } from 'vitest'
import { COLUMN_TYPES, type ColumnType } from '../../src/domain/records/table.ts'
import { trimEndOf } from '../../src/domain/texts/shorten.ts'
import { messageText } from '../../src/i18n/catalogue.ts'
import { escapeJson, shown, shownLines } from '../../src/i18n/shown.ts'
import { Altered } from '../../src/pipeline/values/altered.ts'
import { castFor, castError } from '../../src/pipeline/values/cast.ts'
import { detectEncoding } from '../../src/pipeline/encodings/detect-encoding.ts'
import { USUAL_DIALECT } from '../../src/pipeline/formats/delimited/dialect/dialect.ts'
import { ENCODINGS, type Encoding } from '../../src/pipeline/encodings/encoding-names.ts'
import { sniffDialect } from '../../src/pipeline/formats/delimited/detection/sniff-dialect.ts'
import { decoderFor } from '../../src/pipeline/encodings/encoding.ts'
import { openRecord } from '../../src/pipeline/formats/delimited/inspection/opened-record.ts'
import { inspectRecord } from '../../src/pipeline/formats/inspection/inspect-record.ts'
import { columnName } from '../../src/pipeline/values/unique-names.ts'
import { foldName } from '../../src/pipeline/values/find-name.ts'
import { firstInvalid } from '../../src/pipeline/encodings/decode.ts'
import { aReject } from '../support/jobs/a-batch.ts'
import { recordsOf } from '../support/pipeline/delimited.ts'
import { isLong } from '../support/faults/chance.ts'

/** One of each kind, and in the long form all. */
const SOME: readonly Encoding[] = ['utf-8', 'utf-16be', 'windows-1252', 'koi8-r', 'gb18030']
const OPEN = { ...USUAL_DIALECT, delimiter: null, quote: null, escape: null, header: true }
const OTHERWISE = { delimiter: '||', quote: '“', escape: '\\', trim: true, mergeDelimiters: true }

/** Each sixteen times as long as the one before it; the last of the long form is the longest record. */
const LENGTHS = (isLong ? [4, 64, 1024, 16_384] : [4, 64, 1024]).map(
  (kibibytes) => kibibytes * 1024,
)
/** Four times what is in proportion; what grows with the square takes 256 times as long. */
const MOST = 64
/** What takes less is noise. */
const LEAST_MS = 4

/** Of so many characters, the text that is the worst for somebody. */
const WORST: Record<string, (length: number) => string> = {
  digits: (length) => '7'.repeat(length),
  'digits and a letter': (length) => `${'7'.repeat(length)}x`,
  'digits, a point, digits and a letter': (length) =>
    `${'7'.repeat(length / 2)}.${'7'.repeat(length / 2)}x`,
  'zeros behind a point': (length) => `1.${'0'.repeat(length)}`,
  'zeros within': (length) => `1${'0'.repeat(length)}1`,
  'a long exponent': (length) => `1e${'0'.repeat(length)}1`,
  blanks: (length) => ' '.repeat(length),
  'blanks before a letter': (length) => `${' '.repeat(length)}x`,
  'blanks within': (length) => `x${' '.repeat(length)}x`,
  'hexadecimal digits': (length) => 'f0'.repeat(length / 2),
  'hexadecimal digits and a letter': (length) => `${'f0'.repeat(length / 2)}g`,
  'a date, and digits': (length) => `2024-01-05 10:00:00.${'0'.repeat(length)}`,
  emoji: (length) => '😀'.repeat(length / 2),
  accents: (length) => 'e\u0301'.repeat(length / 2),
  quotes: (length) => '"'.repeat(length),
  'quotes within': (length) => `"${'""'.repeat(length / 2)}x`,
  'an open quote at every line': (length) => '"a\n'.repeat(length / 3),
  'text behind quotes': (length) => '"a"b,'.repeat(length / 5),
  delimiters: (length) => ','.repeat(length),
  'lines without text': (length) => '\r\n'.repeat(length / 2),
  NULs: (length) => '\0'.repeat(length),
  'bytes that are no text': (length) => '\xff'.repeat(length),
  'characters of replacement': (length) => `x${'\ufffd'.repeat(length)}x`,
  'escape sequences': (length) => '\x1b[2J\u202e'.repeat(length / 5),
}
const TEXTS = Object.entries(WORST).map(([what, worst]) => ({ what, worst }))

/**
 * Holds the processor time that something takes against that of a text which is a sixteenth as long. It ends
 * at the first length that is too slow, so that a failure does not take hours.
 */
async function expectLinear(worst: (length: number) => string, work: Work): Promise<void> {
  let before = LEAST_MS
  for (const length of LENGTHS) {
    const text = worst(length)
    let took = await timed(work, text)
    for (let again = 0; took > before * MOST && again < 3; again++) {
      took = Math.min(took, await timed(work, text))
    }
    expect(took / before, `${length} characters`).toBeLessThan(MOST)
    before = Math.max(took, LEAST_MS)
  }
}

type Work = (text: string) => unknown

async function timed(work: Work, text: string): Promise<number> {
  const start = process.cpuUsage()
  await work(text)
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

const TEXT_CODES = ['TLY-2001', 'TLY-2003', 'TLY-2005', 'TLY-2007', 'TLY-3001'] as const
const COLUMN = {
  name: 'value',
  declared: '',
  nullable: true,
  defaultSql: null,
  generated: false,
}

describe.each(TEXTS)('takes time in proportion to its length: $what', ({ worst }) => {
  test('every cast', async () => {
    for (const type of COLUMN_TYPES) {
      for (const conversion of ['numeric', 'real'] as const)
        await expectLinear(worst, castTo(type, conversion))
    }
  })

  test('every encoding, and what guesses it and the delimiter', async () => {
    for (const encoding of isLong ? ENCODINGS : SOME) {
      await expectLinear(worst, (text) => decoderFor(encoding)(text))
      await expectLinear(worst, (text) => firstInvalid(text, encoding))
    }
    await expectLinear(worst, (text) => detectEncoding(Buffer.from(text)))
    await expectLinear(worst, (text) => sniffDialect({ text, isWhole: true }, OPEN))
  })

  test('the tokenizer', async () => {
    await expectLinear(worst, (text) => recordsOf(Buffer.from(text, 'latin1')))
  })

  test('the tokenizer of all other dialects', async () => {
    await expectLinear(worst, (text) => recordsOf(Buffer.from(text, 'latin1'), OTHERWISE))
    const multibyte = { ...OTHERWISE, encoding: 'gb18030' } as const
    await expectLinear(worst, (text) => recordsOf(Buffer.from(text, 'latin1'), multibyte))
  })

  test('a record that is looked at', async () => {
    const columns = ['id', 'name'].map((name) => ({ name, field: name }))
    for (const code of TEXT_CODES) {
      await expectLinear(worst, (text) => {
        const raw = Buffer.from(text, 'latin1')
        const dialect = { encoding: 'utf-8', delimiter: ',' } as const
        const record = openRecord(raw, { columns, dialect })
        return inspectRecord(record, [aReject({ raw, code, field: 'name' })])
      })
    }
  })

  test('names and messages', async () => {
    for (const work of [
      shown,
      shownLines,
      escapeJson,
      foldName,
      (text: string) => columnName(text, 0),
    ]) {
      await expectLinear(worst, work)
    }
    await expectLinear(worst, (text) => trimEndOf(text, ' '))
    await expectLinear(worst, (text) =>
      messageText('en', { code: 'TLY-3001', params: { value: text, type: 'integer' } }),
    )
  })
})

function castTo(type: ColumnType, conversion: 'numeric' | 'real'): Work {
  const column = { ...COLUMN, type, conversion, maxLength: 3 }
  const cast = castFor(column)
  return (text) => {
    const value = cast === null ? text : cast(text)
    return castError(column, text, value instanceof Altered ? value.stored : value)
  }
}
