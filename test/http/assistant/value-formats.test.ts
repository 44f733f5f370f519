import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { FORMAT_KEYS } from '../../../src/domain/specification/fields/named-formats.ts'
import { byDatabase } from '../../support/databases.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { aJobOf, EDIT, send, specificationOf } from '../../support/pages/an-assistant.ts'
import type { TestApp } from '../../support/pages/app.ts'
import { pageOf, textOf, textsOf } from '../../support/pages/html.ts'

const formatCell = async (app: TestApp, row: number) => {
  const page = await pageOf(await app.get(`${EDIT}/columns`))
  const found = page.querySelectorAll('.column-table tbody tr')[row]
  return found?.querySelector('td:nth-child(4)') ?? null
}

describe('two-digit years', () => {
  const BILLS = 'id;born\n1;25/12/48\n2;25/12/69\n3;1/2/2001\n'
  const TABLE = 'create table bill (id integer primary key, born date)'
  const FIELDS = { 'field-0': 'id', 'field-1': 'born', 'key-0': 'yes', 'format-1': 'dmy' }

  test('are shown with the years for which they are taken, and these can be set', async () => {
    const app = await aJobOf({ 'bill.csv': BILLS }, TABLE)
    const cell = await formatCell(app, 1)
    expect(textOf(cell?.querySelector('mark') ?? null)).toBe(
      'Two-digit years: 69 is 1969 and 48 is 2048.',
    )
    expect(cell?.querySelector('[name="pivot-1"]')?.getAttributeValue('value')).toBe('1950')
    expect(textOf(cell?.querySelector('.format-part') ?? null)).toContain('to 2049')

    const set = await send(app, `${EDIT}/columns`, { ...FIELDS, 'pivot-1': '1930', act: 'again' })
    expect(set.headers.get('location')).toBe(`${EDIT}/columns`)
    expect(textOf(await formatCell(app, 1))).toContain('48 is 1948 and 69 is 1969')
    expect((await specificationOf(app)).fields['born']?.format).toMatchObject({ pivot: 1930 })

    await send(app, `${EDIT}/columns`, { ...FIELDS, 'pivot-1': '1930', act: 'next' })
    await send(app, `${EDIT}/try`, { act: 'start' })
    await runWaiting(app.store)
    const { rows } = await sql`select born from bill order by id`.execute(app.db)
    expect(rows).toEqual([{ born: '1948-12-25' }, { born: '1969-12-25' }, { born: '2001-02-01' }])
    const page = await pageOf(await app.get('/jobs/1'))
    expect(textOf(page.querySelector('main'))).toContain('two-digit years from 1930 to 2029')
  })

  test('are seen before they count where a format is chosen', async () => {
    const app = await aJobOf({ 'bill.csv': 'id;born\n1;1/2/48\n' }, TABLE)
    expect(textOf(await formatCell(app, 1))).toContain('Day or month first?')
    const unseen = await send(app, `${EDIT}/columns`, { ...FIELDS, act: 'next' })
    expect(unseen.headers.get('location')).toBe(`${EDIT}/columns?guessed=yes`)
    expect(textOf(await formatCell(app, 1))).toContain('48 is 2048')
    const seen = await send(app, `${EDIT}/columns`, { ...FIELDS, 'pivot-1': '1950', act: 'next' })
    expect(seen.headers.get('location')).toBe(`${EDIT}/rules`)
  })

  test('ask for a year from which they are counted', async () => {
    const app = await aJobOf({ 'bill.csv': BILLS }, TABLE)
    for (const pivot of ['soon', '30', '19301']) {
      const refused = await send(app, `${EDIT}/columns`, { ...FIELDS, 'pivot-1': pivot })
      const page = await pageOf(refused, 422)
      expect(textOf(page.querySelector('main [role="alert"]'))).not.toBe('')
    }
    expect((await specificationOf(app)).fields['born']?.format).toMatchObject({ pivot: 1950 })
  })

  test('are not spoken of where years have four', async () => {
    const app = await aJobOf({ 'bill.csv': 'id;born\n1;25/12/1948\n' }, TABLE)
    expect((await formatCell(app, 1))?.querySelector('.format-part')).toBeNull()
  })
})

describe('numbers', () => {
  const TABLE = 'create table bill (id integer primary key, paid numeric)'
  const FIELDS = { 'field-0': 'id', 'field-1': 'paid', 'key-0': 'yes' }

  const paidIn = async (app: TestApp) => {
    await send(app, `${EDIT}/try`, { act: 'start' })
    await runWaiting(app.store)
    const { rows } = await sql<{ paid: number }>`select paid from bill order by id`.execute(app.db)
    return rows.map(({ paid }) => Number(paid))
  }

  test.each([
    ['12.500 and 7', ['1.234', '7'], { decimal_comma: [1234, 7], decimal_point: [1.234, 7] }],
    ['percent', ['12.500%', '7%'], { percent: [125, 0.07], percent_point: [0.125, 0.07] }],
  ])('that do not tell their decimals are asked for: %s', async (_name, values, expected) => {
    for (const [format, paid] of Object.entries(expected)) {
      const app = await aJobOf({ 'bill.csv': `id;paid\n1;${values[0]}\n2;${values[1]}\n` }, TABLE)
      expect(textOf(await formatCell(app, 1))).toContain('Point or comma for decimals?')
      await send(app, `${EDIT}/columns`, { ...FIELDS, 'format-1': format, act: 'next' })
      expect(textOf(await formatCell(app, 1))).not.toContain('Point or comma')
      expect(await paidIn(app)).toEqual(paid)
    }
  })

  test('are asked for in a new table as well', async () => {
    const app = await aJobOf({ 'bill.csv': 'id;paid\n1;1.234\n2;7\n' })
    expect((await specificationOf(app)).fields).toEqual({})
    expect(textOf(await formatCell(app, 1))).toContain('Point or comma for decimals?')
  })

  test.each([
    ['£1,234.50', '£3', '£'],
    ['US$ 1,234.50', '-US$ 3', 'US$'],
    ['1.234,50 CHF', '3 CHF', 'CHF'],
    ['1.234,50 ₺', '3₺', '₺'],
  ])('have the currency that is found: %s', async (one, other, currency) => {
    const app = await aJobOf({ 'bill.csv': `id;paid\n1;${one}\n2;${other}\n` }, TABLE)
    expect((await specificationOf(app)).fields['paid']?.format).toMatchObject({ currency })
    const cell = await formatCell(app, 1)
    expect(cell?.querySelector('[name="currency-1"]')?.getAttributeValue('value')).toBe(currency)
    expect(await paidIn(app)).toEqual([1234.5, other.startsWith('-') ? -3 : 3])
  })

  test('have the currency that is typed, which another format keeps', async () => {
    const app = await aJobOf({ 'bill.csv': 'id;paid\n1;$12.50\n2;kr 3.10\n' }, TABLE)
    const chosen = { ...FIELDS, 'format-1': 'decimal_point' }
    await send(app, `${EDIT}/columns`, { ...chosen, act: 'again' })
    expect((await specificationOf(app)).fields['paid']?.format).toMatchObject({ currency: '$' })
    await send(app, `${EDIT}/columns`, { ...chosen, 'currency-1': 'kr', act: 'again' })
    await send(app, `${EDIT}/columns`, { ...FIELDS, 'format-1': 'decimal_comma', act: 'again' })
    expect((await specificationOf(app)).fields['paid']?.format).toMatchObject({
      decimal: ',',
      currency: 'kr',
    })
    const page = await pageOf(
      await send(app, `${EDIT}/columns`, { ...chosen, 'currency-1': '1' }),
      422,
    )
    expect(textsOf(page, 'main [role="alert"]').join()).toContain('sign of a currency')
  })
})

describe('the formats that are offered', () => {
  const OTHERS = byDatabase({ SQLite: 'thing, bytes blob', PostgreSQL: 'thing text, bytes bytea' })
  const TABLE = `create table bill (id integer primary key, note text, share integer, born date,
    ${OTHERS})`
  const FILE = {
    'bill.csv': 'id;note;thing;share;bytes;born\n1;25/12/2048;1.234,5 €;100%;00ff;-\n',
  }
  const FIELDS = {
    'field-0': 'id',
    'field-1': 'note',
    'field-2': 'thing',
    'field-3': 'share',
    'field-4': 'bytes',
    'field-5': '',
    'key-0': 'yes',
  }

  const offered = async (app: TestApp, row: number) =>
    ((await formatCell(app, row))?.querySelectorAll('option') ?? []).map((option) =>
      option.getAttributeValue('value'),
    )

  test('suit the column, and those of texts and of any type are all', async () => {
    const app = await aJobOf(FILE, TABLE)
    const all = ['', ...FORMAT_KEYS]
    expect(await offered(app, 1)).toEqual(all)
    expect(await offered(app, 2)).toEqual(all)
    expect(await offered(app, 3)).toContain('percent_point')
    expect(await offered(app, 3)).not.toContain('dmy')
    expect(await offered(app, 4)).toEqual([])

    const formats = { 'format-1': 'dmy', 'format-2': 'decimal_comma', 'format-3': 'percent' }
    await send(app, `${EDIT}/columns`, { ...FIELDS, ...formats, act: 'next' })
    await send(app, `${EDIT}/try`, { act: 'start' })
    await runWaiting(app.store)
    const { rows } = await sql`select note, thing, share from bill`.execute(app.db)
    expect(rows).toEqual([{ note: '2048-12-25', thing: '1234.5', share: 1 }])
  })

  test('have the one that a specification has, whatever the type of its column', async () => {
    const app = await aJobOf(FILE, TABLE)
    await send(app, `${EDIT}/columns`, { ...FIELDS, 'format-3': 'dmy', act: 'again' })
    const cell = await formatCell(app, 3)
    const chosen = cell?.querySelector('option[selected]')?.getAttributeValue('value')
    expect(chosen).toBe('dmy')
  })
})

describe('values that could be read in two ways', () => {
  const FIELDS = { 'field-0': 'id', 'field-1': 'paid', 'field-2': 'born', 'key-0': 'yes' }
  const BILLS = 'id;paid;born\n1;1.234;1/2/2001\n'
  const TABLE = 'create table bill (id integer primary key, paid numeric, born date)'
  const NUMBERS =
    'Choose how the numbers of the column paid are written: they do not tell whether a point or a comma comes before decimals.'
  const DATES =
    'Choose how the dates of the column born are written: they do not tell whether the day or the month comes first.'

  test('keep Next on the page until somebody says how', async () => {
    const app = await aJobOf({ 'bill.csv': BILLS }, TABLE)
    const unsaid = await pageOf(await send(app, `${EDIT}/columns`, { ...FIELDS, act: 'next' }), 422)
    const both = textOf(unsaid.querySelector('main [role="alert"]'))
    expect([both.includes(NUMBERS), both.includes(DATES)]).toEqual([true, true])
    expect(unsaid.querySelector('[name="format-1"]')?.getAttributeValue('aria-invalid')).toBe(
      'true',
    )
    const half = { ...FIELDS, 'format-1': 'decimal_comma', 'format-2': '' }
    const dates = await pageOf(await send(app, `${EDIT}/columns`, { ...half, act: 'next' }), 422)
    expect(textOf(dates.querySelector('main [role="alert"]'))).toBe(DATES)
    const whole = { ...half, 'format-2': 'dmy', act: 'next' }
    const next = await send(app, `${EDIT}/columns`, whole)
    expect(next.headers.get('location')).toBe(`${EDIT}/rules`)
  })

  test.each([
    ['17/12/25', 'Day or year first?', 'whether the day or the year comes first.'],
    ['1/2/2025', 'Day or month first?', 'whether the day or the month comes first.'],
    [
      '10/11/12',
      'Day, month or year first?',
      'whether the day, the month or the year comes first.',
    ],
  ])('name the orders of dates that are possible: %s', async (date, question, told) => {
    const app = await aJobOf({ 'bill.csv': `id;born\n1;${date}\n` }, TABLE)
    const fields = { 'field-0': 'id', 'field-1': 'born', 'key-0': 'yes', act: 'next' }
    const page = await pageOf(await send(app, `${EDIT}/columns`, fields), 422)
    expect(textOf(page.querySelector('main [role="alert"]'))).toContain(told)
    const cell = page
      .querySelectorAll('.column-table tbody tr')[1]
      ?.querySelector('td:nth-child(4)')
    expect(textOf(cell ?? null)).toContain(question)
  })

  test('let all other buttons of the form do what they do', async () => {
    const app = await aJobOf(
      { 'bill.csv': BILLS },
      TABLE,
      'create table other (id integer primary key, paid numeric)',
    )
    for (const [act, path] of [
      ['again', `${EDIT}/columns`],
      ['back', `${EDIT}/file`],
      ['save', '/jobs/1'],
    ]) {
      const answer = await send(app, `${EDIT}/columns`, { ...FIELDS, act: act ?? '' })
      expect(answer.headers.get('location')).toBe(path)
    }
    await send(app, `${EDIT}/columns`, { ...FIELDS, table: 'other', act: 'again' })
    expect((await specificationOf(app)).table).toBe('other')
  })

  test('are asked for as their changes leave them', async () => {
    const app = await aJobOf({ 'bill.csv': 'id;paid\n1;1.234\n' }, TABLE)
    const changed = {
      'asked-1': 'yes',
      'change-1-1': 'replace',
      'first-1-1': '.',
      'second-1-1': '',
    }
    const next = await send(app, `${EDIT}/columns`, { ...FIELDS, ...changed, act: 'next' })
    expect(next.headers.get('location')).toBe(`${EDIT}/rules`)
  })

  test('may be the texts of a new table', async () => {
    const app = await aJobOf({ 'bill.csv': 'id;paid\n1;1.234\n' })
    const columns = { 'field-0': 'id', 'field-1': 'paid' }
    const refused = await send(app, `${EDIT}/columns`, { ...columns, act: 'next' })
    expect(refused.status).toBe(422)
    const texts = { ...columns, 'type-1': 'text', act: 'next' }
    const next = await send(app, `${EDIT}/columns`, texts)
    expect(next.headers.get('location')).toBe(`${EDIT}/rules`)
  })
})

describe('the format in which more values would fit', () => {
  const better = async (app: TestApp) => {
    const page = await pageOf(await app.get(`${EDIT}/columns`))
    const row = page.querySelectorAll('.column-table tbody tr')[1] ?? null
    return textOf(row?.querySelector('.better') ?? null)
  }
  const FIELDS = { 'field-0': 'id', 'field-1': 'paid', 'key-0': 'yes' }

  test('is never the one that they have, where a check refuses them', async () => {
    const app = await aJobOf(
      { 'bill.csv': 'id;paid\n1;1.234,50\n2;40.000,00\n3;2,75\n' },
      'create table bill (id integer primary key, paid numeric)',
    )
    const checks = { 'asked-1': 'yes', 'format-1': 'decimal_comma', 'most-1': '100' }
    await send(app, `${EDIT}/columns`, { ...FIELDS, ...checks, act: 'save' })
    const page = await pageOf(await app.get(`${EDIT}/columns`))
    expect(textOf(page.querySelector('.column-table'))).toContain('2 do not fit')
    expect(await better(app)).toBe('')

    await send(app, `${EDIT}/columns`, { ...FIELDS, ...checks, 'format-1': '', act: 'save' })
    expect(await better(app)).toBe('0 of 3 fit; written as “decimal comma: 1.234,50”, 1 would.')
  })

  test('is no percentage where no value has its sign, and leaves empty values out', async () => {
    const app = await aJobOf(
      { 'bill.csv': 'id;paid\n1;1.25\n2;2.25\n3;\n' },
      'create table bill (id integer primary key, paid numeric not null)',
    )
    const comma = { ...FIELDS, 'format-1': 'decimal_comma', act: 'save' }
    await send(app, `${EDIT}/columns`, comma)
    expect(await better(app)).toBe('0 of 3 fit; written as “decimal point: 1,234.50”, 2 would.')
  })

  test('counts the records that can be read, and takes no values from others', async () => {
    const app = await aJobOf(
      { 'bill.csv': 'id;paid\n1;1.234,50\nid;paid\n2;n/d\n3;2,75\n' },
      'create table bill (id integer primary key, paid numeric)',
    )
    await send(app, `${EDIT}/columns`, { ...FIELDS, 'format-1': 'decimal_point', act: 'save' })
    expect(await better(app)).toBe('0 of 3 fit; written as “decimal comma: 1.234,50”, 2 would.')
    const page = await pageOf(await app.get(`${EDIT}/columns`))
    const [, row] = page.querySelectorAll('.column-table tbody tr')
    expect(textOf(row?.querySelector('td:nth-child(2)') ?? null)).toContain('1.234,50 · n/d · 2,75')
  })

  test('is not told where the order of dates is asked for', async () => {
    const app = await aJobOf(
      { 'bill.csv': 'id;paid\n1;17/12/25\n2;31/02/24\n' },
      'create table bill (id integer primary key, paid date)',
    )
    const page = await pageOf(await app.get(`${EDIT}/columns`))
    expect(textOf(page.querySelector('.column-table'))).toContain('Day or year first?')
    expect(await better(app)).toBe('')
  })

  test('is none with the year in front because of a day that its month lacks', async () => {
    const app = await aJobOf(
      { 'bill.csv': 'id;paid\n1;17/12/25\n2;31/02/24\n' },
      'create table bill (id integer primary key, paid date)',
    )
    await send(app, `${EDIT}/columns`, { ...FIELDS, 'format-1': 'dmy', act: 'save' })
    const page = await pageOf(await app.get(`${EDIT}/columns`))
    expect(textOf(page.querySelector('.column-table'))).toContain('1 does not fit')
    expect(await better(app)).toBe('')
  })
})

test('where many values do not fit, the format in which they would is told', async () => {
  const days = Array.from(
    { length: 30 },
    (_, at) => `${at + 1};${at < 10 ? '2020-01-01' : `${at}/1/2020`}`,
  )
  const app = await aJobOf(
    { 'bill.csv': `id;born\n${days.join('\n')}\n` },
    'create table bill (id integer primary key, born date)',
  )
  const checked = async () => {
    const page = await pageOf(await app.get(`${EDIT}/columns`))
    const row = page.querySelectorAll('.column-table tbody tr')[1] ?? null
    return textOf(row?.querySelector('.better') ?? null)
  }
  expect(await checked()).toBe('10 of 30 fit; written as “day first: 31/12/2026”, 20 would.')
  const fields = { 'field-0': 'id', 'field-1': 'born', 'key-0': 'yes', 'format-1': 'dmy' }
  await send(app, `${EDIT}/columns`, { ...fields, act: 'save' })
  expect(await checked()).toBe('')
})
