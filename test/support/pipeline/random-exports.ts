import fc from 'fast-check'

const TYPES = [
  '',
  'integer',
  'int',
  'bigint',
  'text',
  'varchar(5)',
  'clob',
  'real',
  'double precision',
  'numeric',
  'decimal(10,2)',
  'boolean',
  'date',
  'datetime',
  'timestamp',
  'blob',
  'string',
  'json',
]
const STRICT_TYPES = ['int', 'integer', 'real', 'text', 'blob', 'any']
const COLLATIONS = ['', 'collate nocase', 'collate rtrim', 'collate binary']
const DEFAULTS = ['', `default 'x'`, 'default 7', `default ''`, 'default null', 'default (1 + 1)']

const NAMES = [
  'a',
  'B',
  'a b',
  'a_b',
  'ab',
  ' c',
  'c ',
  'say "x"',
  'one,two',
  'semi;colon',
  'pi|pe',
  'ta\tb',
  'two\nlines',
  'dot.ted',
  'ñandú',
  'nandu',
  '日付',
  'select',
  'ORDER',
  '',
  ' ',
  '1',
  'sep=;',
  '\ufefffirst',
  'reject_line',
  'rowid',
]

/** Texts that look like something else, or that something must be done for. */
const TEXTS = [
  '',
  ' ',
  'x',
  'abc',
  'abcdef',
  'ÄÖÜ',
  '😀',
  'a,b',
  'c;d',
  'e|f|g',
  'h\ti',
  '"',
  'say "x"',
  '""',
  'two\nlines',
  'two\r\nlines',
  '\r',
  '\n',
  '\ufeffx',
  'sep=;',
  'PK\x03\x04',
  '\x1a',
  'NULL',
  '0',
  '1',
  '007',
  '1.10',
  '1e3',
  '0x10',
  ' 5',
  '5 ',
  '-0',
  '+1',
  '1_000',
  'Inf',
  '-Inf',
  'nan',
  'true',
  'no',
  '2024-01-05',
  ' 2024-01-05',
  '2024-01-05 ',
  '2024-02-30',
  '2024-01-05 10:00:00',
  '2024-01-05T10:00:00.123Z',
  '2024-01-05 10:00 ',
  '10:00',
  '9223372036854775807',
  '9223372036854775808',
  '0.1234567890123456789',
  '00ff',
  'TLY-2003',
]
const TEXTS_IN_BYTES = [
  'ff',
  'fe',
  'fd',
  'fc41',
  'ff41',
  'c3',
  'eda080',
  '6100',
  '00',
  'e9e8',
  'fdfe',
]
const NUMBERS = [
  '0',
  '1',
  '2',
  '-1',
  '255',
  '20240105',
  '1704448800',
  '1704448800000',
  '-170444880',
  '9007199254740993',
  '9223372036854775807',
  '-9223372036854775808',
  '0.1',
  '0.1 + 0.2',
  '-2.5',
  '1e15',
  '1e20',
  '1.5e300',
  '5e-324',
  '9e999',
  '-9e999',
  '-0.0',
  '2460310.5',
  '123456789.123456789',
]
const BYTES = ['', '00', '31', '00ff', '2c', '22', '0a']

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...TEXTS).map(textLiteral) },
  { weight: 1, arbitrary: fc.string({ maxLength: 8, unit: 'grapheme' }).map(textLiteral) },
)
const whole = fc.oneof(
  fc.constantFrom(...NUMBERS.filter((number) => /^-?\d+$/.test(number))),
  fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n }).map(String),
)
const number = fc.oneof(
  fc.constantFrom(...NUMBERS),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
)
const bytes = fc.constantFrom(...BYTES).map((hex) => `x'${hex}'`)
const textInBytes = fc.constantFrom(...TEXTS_IN_BYTES).map((hex) => `cast(x'${hex}' as text)`)
const anything = fc.oneof(text, text, whole, number, bytes, textInBytes)
const time = fc.constantFrom(...TEXTS.filter((one) => one.startsWith('2024'))).map(textLiteral)

/** A value for any column, and for one of each type a value that is meant for it. */
const value = fc
  .record({ anything, text, whole, number, bytes, time, isNull: fc.integer({ min: 0, max: 6 }) })
  .map((drawn) => (type: string, isTidy: boolean): string => {
    if (drawn.isNull === 0) return 'null'
    if (!isTidy) return drawn.anything
    if (/bool/.test(type)) return drawn.whole.endsWith('1') ? '1' : '0'
    if (/date|time/.test(type)) return drawn.time
    if (/int/.test(type)) return drawn.whole
    if (/real|doub|num|dec/.test(type)) return drawn.number
    return /blob/.test(type) ? drawn.bytes : drawn.text
  })

const column = fc.record({
  type: fc.nat(),
  collation: fc.constantFrom(...COLLATIONS),
  default: fc.oneof({ weight: 3, arbitrary: fc.constant('') }, fc.constantFrom(...DEFAULTS)),
  isNotNull: fc.boolean(),
  isGenerated: fc.integer({ min: 0, max: 7 }).map((one) => one === 0),
})

/** A table by what is written in brackets, and behind them; its rows as SQL, of which it may refuse some. */
export type RandomTable = {
  definition: string
  names: string[]
  /** The columns that are no computed ones, and the rows' values for them. */
  filled: string[]
  withDefault: string[]
  key: string[]
  rows: string[][]
}

/** How it is written, and how it is read. */
export const randomWay = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  header: fc.boolean(),
  gzip: fc.boolean(),
  byKey: fc.boolean(),
  emptyOverwrites: fc.boolean(),
})

export const randomTable: fc.Arbitrary<RandomTable> = fc
  .record({
    names: fc.uniqueArray(fc.constantFrom(...NAMES), {
      minLength: 1,
      maxLength: 5,
      selector: (name) => name.toLowerCase(),
    }),
    columns: fc.array(column, { minLength: 5, maxLength: 5 }),
    keyKind: fc.constantFrom('none', 'none', 'first', 'integer', 'without rowid'),
    isStrict: fc.integer({ min: 0, max: 3 }).map((one) => one === 0),
    isTidy: fc.integer({ min: 0, max: 3 }).map((one) => one > 0),
    rows: fc.array(fc.array(value, { minLength: 5, maxLength: 5 }), { maxLength: 8 }),
  })
  .map(({ names, columns, keyKind, isStrict, isTidy, rows }) => {
    const parts = names.map((name, at) => {
      const { type, collation, default: usual, isNotNull, isGenerated } = columns[at] ?? EMPTY
      const types = isStrict ? STRICT_TYPES : TYPES
      const isKey = at === 0 && keyKind !== 'none'
      const declared =
        isKey && keyKind === 'integer' ? 'integer' : (types[type % types.length] ?? '')
      const rest = isKey
        ? `primary key ${collation}`
        : isGenerated && at > 0
          ? `as (${quoted(names[0] ?? '')} || '!')`
          : [usual, isNotNull ? 'not null' : '', collation].join(' ')
      const sql = `${quoted(name)} ${declared} ${rest}`
      return {
        name,
        sql,
        declared,
        isGenerated: rest.startsWith('as'),
        hasDefault: rest.includes('default'),
      }
    })
    const options = [
      ...(isStrict ? ['strict'] : []),
      ...(keyKind === 'without rowid' ? ['without rowid'] : []),
    ]
    const filled = parts.filter((part) => !part.isGenerated)
    return {
      definition: `(${parts.map((part) => part.sql).join(', ')}) ${options.join(', ')}`,
      names,
      filled: filled.map((part) => part.name),
      withDefault: parts.filter((part) => part.hasDefault).map((part) => part.name),
      key: keyKind === 'none' ? [] : names.slice(0, 1),
      rows: rows.map((row) =>
        filled.map(({ declared }, at) => row[at]?.(declared, isTidy) ?? 'null'),
      ),
    }
  })

const EMPTY = { type: 0, collation: '', default: '', isNotNull: false, isGenerated: false }

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** Every character by its number where it is none that may stand in a statement. */
function textLiteral(text: string): string {
  if (/^[\x20-\x26\x28-\x7e]*$/.test(text)) return `'${text}'`
  return `cast(x'${Buffer.from(text.toWellFormed()).toString('hex')}' as text)`
}
