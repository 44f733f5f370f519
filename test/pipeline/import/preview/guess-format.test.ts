import { describe, expect, test } from 'vitest'
import type { ColumnInfo, ColumnType } from '../../../../src/domain/records/table.ts'
import { guessFormat } from '../../../../src/pipeline/import/preview/guess-format.ts'

function aField(type: ColumnType): ColumnInfo {
  const conversion = type === 'integer' ? 'integer' : type === 'text' ? 'text' : 'numeric'
  const rest = { nullable: true, defaultSql: null, maxLength: null, generated: false }
  return { name: 'f', type, conversion, declared: type, ...rest }
}

const NONE = { kind: 'none' }
const format = (key: string) => ({ kind: 'format', key })

describe('the format of values', () => {
  test.each<[string, ColumnType | undefined, string[], unknown]>([
    ['days above 12 tell the order', 'date', ['31/12/2026', '1/2/2026'], format('dmy')],
    ['in either order', 'date', ['12/31/2026', '1/2/2026'], format('mdy')],
    ['as the column takes them', 'date', ['2026-12-31'], NONE],
    [
      'no day above 12 tells nothing',
      'date',
      ['3/4/2026', '1/2/2026'],
      { kind: 'ambiguous', keys: ['dmy', 'mdy'] },
    ],
    ['days that are also their months are the same in both', 'date', ['3/3/2026'], format('dmy')],
    ['a decimal comma', 'number', ['1.234,50', '12,5', '-3'], format('decimal_comma')],
    ['a decimal point with groups', 'number', ['1,234.50', '12.5'], format('decimal_point')],
    ['numbers as they are', 'number', ['1234.5', '-3'], NONE],
    [
      'a few wrong ones change nothing',
      'number',
      [...Array(9).fill('1,5'), '?'],
      format('decimal_comma'),
    ],
    ['too many do', 'number', ['1,5', '?', '!'], NONE],
    ['booleans in words', 'boolean', ['sí', 'verdadero', 'x'], format('yes_no')],
    ['nothing for a text', 'text', ['31/12/2026'], NONE],
    ['nothing for no value', 'date', ['', ' '], NONE],
    ['a field to come: commas', undefined, ['1,5', '2'], format('decimal_comma')],
    ['a field to come: dates', undefined, ['31/12/2026'], format('dmy')],
    ['a field to come: codes stay', undefined, ['01,5', '12'], NONE],
    ['a field to come: whole numbers stay', undefined, ['1', '2'], NONE],
    ['a field to come: texts stay', undefined, ['one, two', 'three'], NONE],
  ])('%s', (_name, type, values, expected) => {
    expect(guessFormat(values, type && aField(type))).toEqual(expected)
  })
})
