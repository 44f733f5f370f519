import { describe, expect, test } from 'vitest'
import type { ColumnInfo, ColumnType } from '../../../../src/domain/records/table.ts'
import {
  namedFormat,
  type FormatKey,
  type FormatParts,
} from '../../../../src/domain/specification/fields/named-formats.ts'
import { guessFormat, guessOrAsk } from '../../../../src/pipeline/import/preview/guess-format.ts'

function aField(type: ColumnType): ColumnInfo {
  const conversion = type === 'integer' ? 'integer' : type === 'text' ? 'text' : 'numeric'
  const rest = { nullable: true, defaultSql: null, maxLength: null, generated: false }
  return { name: 'f', type, conversion, declared: type, ...rest }
}

const NONE = { kind: 'none' }
const format = (key: FormatKey, parts: FormatParts = {}) => ({
  kind: 'format',
  format: namedFormat(key, parts),
})
const before = (currency: string) => ({ currency, currencyPlace: 'before' }) as const
const after = (currency: string) => ({ currency, currencyPlace: 'after' }) as const
const DATES = { kind: 'ambiguous', of: 'dates_unclear' }
const YEARS = { kind: 'ambiguous', of: 'day_or_year_unclear' }
const MONTHS = { kind: 'ambiguous', of: 'month_or_year_unclear' }
const ORDERS = { kind: 'ambiguous', of: 'orders_unclear' }
const NUMBERS = { kind: 'ambiguous', of: 'numbers_unclear' }

describe('the format of values', () => {
  test.each<[string, ColumnType | undefined, string[], unknown]>([
    ['days above 12 tell the order', 'date', ['31/12/2026', '1/2/2026'], format('dmy')],
    ['in either order', 'date', ['12/31/2026', '1/2/2026'], format('mdy')],
    ['as the column takes them', 'date', ['2026-12-31'], NONE],
    ['no day above 12 tells nothing', 'date', ['3/4/2026', '1/2/2026'], DATES],
    ['nor two digits for the year', 'date', ['10/11/12'], ORDERS],
    ['days above 12 in front may be years', 'date', ['17/12/25', '25/08/25'], YEARS],
    ['as in a field to come', undefined, ['17/12/25', '25/08/25'], YEARS],
    [
      'a year may be in front or behind',
      'date',
      ['12/17/25', '99/01/02', '10/11/12', '10/11/12', '10/11/12'],
      MONTHS,
    ],
    ['a day that its month lacks is no year', 'date', ['17/12/25', '31/02/24', '08/08/25'], YEARS],
    [
      'but tells the day from the month',
      'date',
      ['3/4/2026', '31/02/2024', '1/2/2026'],
      format('dmy'),
    ],
    [
      'two orders in one file',
      'date',
      [...Array(4).fill('3/4/2026'), '31/12/2026', '30/12/2026', '12/31/2026'],
      DATES,
    ],
    [
      'a few dates in another order change nothing',
      'date',
      [...Array(4).fill('31/12/2026'), '12/31/2026'],
      format('dmy'),
    ],
    ['days that are also their months do not tell those behind', 'date', ['3/3/2026'], DATES],
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
    ['three digits behind a point tell nothing', 'number', ['1.234', '5', '12.500'], NUMBERS],
    ['nor behind a comma', 'number', ['1,234', '5'], NUMBERS],
    [
      'nor do commas and points in one file',
      'number',
      [...Array(4).fill('1.234'), '2,5', '3,5', '0.5'],
      NUMBERS,
    ],
    ['unless other decimals do', 'number', ['1.234', '0.5'], NONE],
    ['or a zero in front, which begins no group', 'number', ['1.234', '0.125'], NONE],
    ['or several groups', 'number', ['1.234', '1.234.567'], format('decimal_comma')],
    ['a whole number has no decimals', 'integer', ['1.234', '5'], format('decimal_comma')],
    ['nor of a comma', 'integer', ['1,234', '5'], format('decimal_point')],
    ['but for zeros', 'integer', ['1.000', '5'], NUMBERS],
    ['signs are no other number', 'number', ['+5', '5.', '-3'], NONE],
    ['percent with a comma', 'number', ['12,5 %', '3 %'], format('percent')],
    ['percent with a point', 'number', ['12.5%', '3%'], format('percent_point')],
    ['percent that does not tell', 'number', ['12.500%', '3%'], NUMBERS],
    ['a sign in front', 'number', ['£1,234.50', '£3'], format('decimal_point', before('£'))],
    ['a sign behind', 'number', ['12,50 zł', '3,10₺'], NONE],
    ['the same behind', 'number', ['12,50 ₺', '3,10₺'], format('decimal_comma', after('₺'))],
    ['a code', 'number', ['CHF 12.50', 'CHF 3'], format('decimal_point', before('CHF'))],
    ['a code behind', 'number', ['-12,50 EUR', '3,10 EUR'], format('decimal_comma', after('EUR'))],
    ['a sign of letters', 'number', ['US$ 12.50', 'US$3'], format('decimal_point', before('US$'))],
    ['three letters that are no currency', 'number', ['ABC 12.50'], NONE],
    ['an amount that does not tell', 'number', ['12.500 €', '3 €'], NUMBERS],
    ['no two currencies', 'number', ['$12.50', '€3.10'], NONE],
    ['booleans in words', 'boolean', ['sí', 'verdadero', 'x'], format('yes_no')],
    ['nothing for a text', 'text', ['31/12/2026'], NONE],
    ['nothing for no value', 'date', ['', ' '], NONE],
    ['a field to come: commas', undefined, ['1,5', '2'], format('decimal_comma')],
    ['a field to come: dates', undefined, ['31/12/2026'], format('dmy')],
    ['a field to come: codes stay', undefined, ['01,5', '12'], NONE],
    ['a field to come: a point that does not tell', undefined, ['1.234', '5'], NUMBERS],
    ['a field to come: nor does a comma', undefined, ['1,234', '5'], NUMBERS],
    ['a field to come: percent', undefined, ['12.5%'], format('percent_point')],
    ['a field to come: a currency', undefined, ['£3'], format('decimal_point', before('£'))],
    ['a field to come: letters and a number stay', undefined, ['ALL 5', 'TOP 100'], NONE],
    ['a field to come: groups alone stay', undefined, ['12.345.678'], NONE],
    ['a field to come: decimals stay', undefined, ['1.5', '2.25'], NONE],
    ['a field to come: whole numbers stay', undefined, ['1', '2'], NONE],
    ['a field to come: texts stay', undefined, ['one, two', 'three'], NONE],
  ])('%s', (_name, type, values, expected) => {
    expect(guessFormat(values, type && aField(type))).toEqual(expected)
  })

  test.each<[string, ColumnType, string[], unknown]>([
    ['values that are no numbers tell nothing', 'number', ['1.234', 'n/d', '-'], NUMBERS],
    ['a comma tells that a point may be none', 'number', ['1.234', '2,5', 'n/d'], NUMBERS],
    ['decimals with a point do', 'number', ['1.234', '0.5', 'n/d'], NONE],
    ['whole numbers are the same in all', 'integer', ['12', '7', 'n/d'], NONE],
    ['texts are no numbers', 'text', ['1.234', 'n/d'], NONE],
  ])('is asked for where only some have it: %s', (_name, type, values, expected) => {
    expect(guessOrAsk(values, aField(type))).toEqual(expected)
    expect(guessFormat(values, aField(type))).toEqual(NONE)
  })
})
