import { expect, test } from 'vitest'
import type { ColumnType } from '../../../../src/domain/records/table.ts'
import { valueFormat } from '../../../../src/domain/specification/fields/value-format.ts'
import { codecOf } from '../../../../src/pipeline/values/formats/codec-of.ts'

function codec(format: unknown, type: ColumnType = 'any') {
  const parsed = valueFormat.parse(format)
  if (parsed === null) throw new Error('no format')
  return codecOf(parsed, type)
}

const dmy = { kind: 'date', order: 'dmy' }
const mdy = { kind: 'date', order: 'mdy' }
const ymd = { kind: 'date', order: 'ymd' }
const spanish = { kind: 'number', decimal: ',', grouping: '.' }
const money = { ...spanish, currency: '€' }
const percent = { kind: 'number', percent: true }
const pattern = (pattern: string) => ({ kind: 'date_pattern', pattern })

test.each([
  [dmy, '31/12/2026', '2026-12-31'],
  [dmy, ' 1.2.2026 ', '2026-02-01'],
  [dmy, '01-02-26', '2026-02-01'],
  [dmy, '31 de diciembre de 2026', '2026-12-31'],
  [dmy, '1º de enero de 2026', '2026-01-01'],
  [dmy, '3rd March 2026', '2026-03-03'],
  [dmy, '31-DIC-2026', '2026-12-31'],
  [dmy, '31 dic. 2026 9:05', '2026-12-31 09:05:00'],
  [dmy, '31/12/2026 14:05:09.250', '2026-12-31 14:05:09.250'],
  [dmy, '31/12/2026 02:05 p.m.', '2026-12-31 14:05:00'],
  [dmy, '31/12/2026 12:00 am', '2026-12-31 00:00:00'],
  [dmy, '31/12/2026 14:05:09+0200', '2026-12-31 14:05:09+02:00'],
  [dmy, '29/02/2024', '2024-02-29'],
  [dmy, '29/02/2023', undefined],
  [dmy, '12/31/2026', undefined],
  [dmy, '2026-12-31', undefined],
  [dmy, '31/12', undefined],
  [dmy, '31/12/202', undefined],
  [dmy, '31/12/2026 25:00', undefined],
  [dmy, '31/12/2026 13:00 pm', undefined],
  [dmy, '31 brumaire 2026', undefined],
  [dmy, `31/12/2026${' '.repeat(10_000)}x`, undefined],
  [mdy, '12/31/2026', '2026-12-31'],
  [mdy, 'December 31, 2026', '2026-12-31'],
  [mdy, 'Dec. 31st, 2026', '2026-12-31'],
  [ymd, '2026/12/31', '2026-12-31'],
  [ymd, '2026-12-31T10:00:00Z', '2026-12-31 10:00:00Z'],
  [pattern('dd/MM/yyyy'), '1/2/2026', undefined],
  [pattern('dd/MM/yyyy'), '01/02/2026 ', '2026-02-01'],
  [pattern('yyyyMMdd'), '20261231', '2026-12-31'],
  [pattern('yyyyMMdd'), '20261301', undefined],
  [pattern("d 'de' MMMM 'de' yyyy"), '1 de MARZO de 2026', '2026-03-01'],
  [pattern('MM/dd/yy h:mm a'), '12/31/26 1:05 PM', '2026-12-31 13:05:00'],
  [{ kind: 'epoch' }, '0', '1970-01-01 00:00:00Z'],
  [{ kind: 'epoch' }, '-0.5', '1969-12-31 23:59:59.5Z'],
  [{ kind: 'epoch' }, '1700000000', '2023-11-14 22:13:20Z'],
  [{ kind: 'epoch', unit: 'milliseconds' }, '1700000000123', '2023-11-14 22:13:20.123Z'],
  [{ kind: 'epoch' }, '999999999999', undefined],
  [{ kind: 'epoch' }, 'now', undefined],
  [{ kind: 'excel_date' }, '1', '1900-01-01'],
  [{ kind: 'excel_date' }, '59', '1900-02-28'],
  [{ kind: 'excel_date' }, '60', undefined],
  [{ kind: 'excel_date' }, '61', '1900-03-01'],
  [{ kind: 'excel_date' }, '46387.75', '2026-12-31 18:00:00'],
  [{ kind: 'excel_date', epoch: '1904' }, '0', '1904-01-01'],
  [{ kind: 'excel_date' }, '2958465.999999999', undefined],
  [spanish, '1.234.567,89', '1234567.89'],
  [spanish, '1234567,89', '1234567.89'],
  [spanish, '-1.234', '-1234'],
  [spanish, '\u22125,50', '-5.50'],
  [spanish, '12-', '-12'],
  [spanish, '1.23', undefined],
  [spanish, '1.2345,6', undefined],
  [spanish, '1,234.5', undefined],
  [spanish, ',5', '0.5'],
  [spanish, '5,', '5'],
  [spanish, ',', undefined],
  [spanish, '--5', undefined],
  [spanish, '5 €', undefined],
  [money, '1.234,50 €', '1234.50'],
  [money, '€ -3', '-3'],
  [money, '-€3', '-3'],
  [money, '3€', '3'],
  [money, '€3€', undefined],
  [spanish, '.234', undefined],
  [spanish, '1234.567', undefined],
  [spanish, '0.123.456', undefined],
  [spanish, '1.2x4,5', undefined],
  [spanish, '-1.234.567,50', '-1234567.50'],
  [money, '-1.234,50 €', '-1234.50'],
  [money, '1.234,50€€', undefined],
  [{ ...spanish, grouping: ' ' }, '1\u202f234\u202f567,8', '1234567.8'],
  [{ kind: 'number', grouping: "'" }, '1’234.5', '1234.5'],
  [percent, '12.5%', '0.125'],
  [percent, '12.5', '0.125'],
  [percent, '5 %', '0.05'],
  [percent, '100%', '1'],
  [percent, '-0.01%', '-0.0001'],
  [{ kind: 'number' }, '12%', undefined],
  [{ kind: 'number' }, '1e5', undefined],
  [{ kind: 'number' }, '9007199254740993', '9007199254740993'],
])('%j reads %j as %j', (format, text, value) => {
  expect(codec(format).read(text)).toBe(value)
})

const numbers = { kind: 'number', decimal: ',', grouping: '.' }

test.each([
  [dmy, '2026-12-31', '31/12/2026'],
  [{ ...dmy, month: 'short', language: 'es', separator: '-' }, '2026-01-02', '02-ene-2026'],
  [{ ...dmy, year: 'two' }, '2026-01-02', '02/01/26'],
  [{ ...dmy, year: 'two' }, '1926-01-02', undefined],
  [dmy, 'yesterday', undefined],
  [pattern('dd/MM/yyyy'), '2026-12-31 10:00:00', undefined],
  [pattern('dd/MM/yyyy HH:mm'), '2026-12-31 10:00:00+00', '31/12/2026 10:00'],
  [pattern('dd/MM/yyyy HH:mm'), '2026-12-31 10:00:01', undefined],
  [pattern('dd/MM/yyyy HH:mm'), '2026-12-31 10:00:00+02', undefined],
  [pattern('dd/MM/yyyy HH:mm'), '2026-12-31', '31/12/2026 00:00'],
  [numbers, '1234567.5', '1.234.567,5'],
  [numbers, '1e+21', '1.000.000.000.000.000.000.000'],
  [numbers, '1.5e-7', '0,00000015'],
  [numbers, 'Infinity', undefined],
  [{ kind: 'number', percent: true }, '0.05', '5%'],
  [{ kind: 'number', currency: '$', currencyPlace: 'before' }, '-3', '$-3'],
])('%j writes %j as %j', (format, value, text) => {
  expect(codec(format).write(value)).toBe(text)
})

test('words of booleans are read in any case, and become what the column stores', () => {
  const format = { kind: 'boolean', true: ['Sí', 'S'], false: ['No'] }
  expect(codec(format, 'boolean').read(' SÍ')).toBe('true')
  expect(codec(format, 'integer').read('no')).toBe('0')
  expect(codec(format).read('maybe')).toBeUndefined()
  expect(codec(format).write('1')).toBe('Sí')
})

test('a value that an enumeration does not list is kept, replaced, or refused with its own policy', () => {
  const values = [{ written: 'V', value: 'male' }]
  const one = (otherwise: string) =>
    codec({ kind: 'enumeration', values, otherwise, fixed: 'unknown' })
  expect(one('keep').read('V ')).toBe('male')
  expect(one('keep').read('X')).toBe('X')
  expect(one('fixed').read('X')).toBe('unknown')
  expect([one('warn').read('X'), one('warn').refusal.policy]).toEqual([undefined, 'warn'])
  expect([one('reject').read('X'), one('reject').refusal.policy]).toEqual([undefined, 'reject'])
  expect(one('keep').write('V')).toBeUndefined()
})
