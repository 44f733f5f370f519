import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { parseExportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { createJob, requireJob } from '../../../src/engine/jobs/jobs.ts'
import { exportJob } from '../../../src/engine/jobs/new-job.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { byDatabase } from '../../support/databases.ts'
import { NOON, OPERATOR } from '../../support/jobs/a-job.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { anApp, type TestApp } from '../../support/pages/app.ts'
import { exportBySteps, sendStep } from '../../support/pages/fill-form.ts'
import { decoded, pageOf, textOf, textsOf } from '../../support/pages/html.ts'
import { tmpDir } from '../../support/tmp.ts'

async function aShop() {
  const app = await anApp()
  await sql`create table goods (id integer primary key, name text, price integer)`.execute(app.db)
  await sql`insert into goods values (1, 'Chair', 12), (2, 'Table', 100), (3, '=1+1', 5)`.execute(
    app.db,
  )
  await sql`create view cheap as select name, price from goods where price < 50`.execute(app.db)
  return app
}

async function specificationOf(app: TestApp, id = 1) {
  const job = await requireJob(app.db, id)
  if (job.type !== 'export') throw new Error(`job ${id} is no export`)
  return job.specification
}

const contentOf = (app: TestApp, name: string) => readFileSync(path.join(app.folder, name), 'utf8')

const CONDITIONS = {
  'group-1': 'any',
  'field-1-1': 'price',
  'operator-1-1': 'less',
  'value-1-1': '10',
  'field-1-2': 'name',
  'value-1-2': 'Table',
}

describe('the first step of an export', () => {
  test('offers tables and views, and makes a job that is being edited', async () => {
    const app = await aShop()
    const page = await pageOf(await app.get('/jobs/new/export'))
    expect(textsOf(page, '#field-table optgroup option')).toEqual(['goods', 'cheap'])
    expect(textsOf(page, '.steps li')).toEqual([
      '1 Table or view',
      '2 Columns and rows',
      '3 File',
      '4 Start',
    ])
    const made = await sendStep(app, '/jobs/new/export', { table: 'cheap' })
    expect(made.headers.get('location')).toBe('/jobs/1/edit/rows')
    expect(await requireJob(app.db, 1)).toMatchObject({
      status: 'editing',
      label: 'cheap → cheap.csv',
      specification: { path: path.join(app.folder, 'cheap.csv'), header: true, replace: false },
    })
  })

  test.each([
    ['', 'must not be empty'],
    ['nobody', 'has no table or view "nobody"'],
  ])('refuses the table "%s" at its field, and makes no job', async (otherTable, sentence) => {
    const app = await aShop()
    const page = await pageOf(await sendStep(app, '/jobs/new/export', { otherTable }), 422)
    expect(textOf(page.querySelector('#error-table'))).toContain(sentence)
    expect(await app.db.selectFrom('tallyman_job').selectAll().execute()).toEqual([])
  })

  test('names the file after the table, with a number where there is one already', async () => {
    const app = await aShop()
    writeFileSync(path.join(app.folder, 'goods.csv'), 'of last week')
    await exportBySteps(app, 'goods', {})
    expect((await requireJob(app.db, 1)).file_name).toBe('goods-2.csv')
  })

  test('forgets what was said of the fields of another table', async () => {
    const app = await aShop()
    const id = await exportBySteps(app, 'goods', { rows: { ...CONDITIONS, 'take:id': null } })
    await sendStep(app, `/jobs/${id}/edit/table`, { table: 'cheap', act: 'next' })
    expect(await requireJob(app.db, id)).toMatchObject({
      label: 'cheap → cheap.csv',
      specification: { table: 'cheap', columns: [], filter: null },
    })
  })
})

describe('the columns and rows of an export', () => {
  test('are written as they were asked for, and stand in the form again', async () => {
    const app = await aShop()
    const columns = { 'take:id': null, 'place:price': '1', 'title:name': 'Article' }
    const rows = { ...columns, ...CONDITIONS, 'sort-1': 'price', 'direction-1': 'desc' }
    const id = await exportBySteps(app, 'goods', {
      rows: { ...rows, mostRows: '7' },
      output: { safeCells: 'yes' },
    })
    expect(await specificationOf(app)).toMatchObject({
      columns: ['price', 'name'],
      names: { name: 'Article' },
      filter: { kind: 'any', of: [{ field: 'price', operator: 'less' }, { value: 'Table' }] },
      order: [{ field: 'price', direction: 'desc' }],
      mostRows: 7,
    })
    const before = await requireJob(app.db, id)
    await sendStep(app, `/jobs/${id}/edit/rows`, { act: 'back' })
    await sendStep(app, `/jobs/${id}/edit/output`, { act: 'back' })
    expect(await requireJob(app.db, id)).toEqual(before)

    await sendStep(app, `/jobs/${id}/edit/start`, { act: 'start' })
    await runWaiting(app.store)
    expect(contentOf(app, 'goods.csv')).toBe("price,Article\n100,Table\n5,'=1+1\n")
    const told = textOf((await pageOf(await app.get('/jobs/1'))).querySelector('[id="main"]'))
    expect(told).toContain('price is less than 10 or name is Table')
    expect(told).toContain('price (descending)')
  })

  test('are in groups of conditions, of which a row meets all or any', async () => {
    const app = await aShop()
    const second = { 'field-2-1': 'id', 'operator-2-1': 'more', 'value-2-1': '1' }
    const groups = { ...CONDITIONS, filterKind: 'all', 'group-2': 'all', ...second }
    const id = await exportBySteps(app, 'goods', { rows: groups })
    const filter = {
      kind: 'all',
      of: [
        { kind: 'any', of: [{ field: 'price' }, { field: 'name' }] },
        { kind: 'all', of: [{ field: 'id', operator: 'more', value: '1' }] },
      ],
    }
    expect(await specificationOf(app)).toMatchObject({ filter })
    await sendStep(app, `/jobs/${id}/edit/rows`, { 'field-2-1': '' })
    expect((await specificationOf(app)).filter).toMatchObject({ kind: 'any', of: [{}, {}] })
  })

  test('have room for more conditions where that is asked for', async () => {
    const app = await aShop()
    await exportBySteps(app, 'goods', {})
    const rowsOf = async () =>
      textsOf(await pageOf(await app.get('/jobs/1/edit/rows')), '.condition').length
    expect(await rowsOf()).toBe(4)
    await sendStep(app, '/jobs/1/edit/rows', { ...CONDITIONS, act: 'again' })
    expect(await rowsOf()).toBe(5)
  })

  test('stay as they were specified where no page can show that', async () => {
    const app = await aShop()
    const one = { kind: 'condition', field: 'ID', operator: 'is_filled', value: '' }
    const deep = { kind: 'any', of: [one, { kind: 'all', of: [{ kind: 'any', of: [one] }] }] }
    const mixed = { kind: 'any', of: [{ kind: 'all', of: [one, one] }, one] }
    for (const [at, filter] of [deep, mixed].entries()) {
      const asked = { table: 'goods', path: '/x.csv', filter, columns: ['id', 'name', 'id'] }
      const job = exportJob(parseExportSpecification(asked), {})
      await createJob(app.db, job, { now: NOON, actor: OPERATOR })
      const before = await specificationOf(app, at + 1)
      await sendStep(app, `/jobs/${at + 1}/edit/rows`, { act: 'again', mostRows: '5' })
      const after = await specificationOf(app, at + 1)
      expect(after).toMatchObject({ filter: before.filter, mostRows: 5 })
      expect(after.columns).toHaveLength(3)
    }
  })

  test('have conditions whose inputs and operators fit their fields, before anything is saved', async () => {
    const app = await aShop()
    await sql`create table visit (id integer primary key, day date, at timestamp, share numeric(9, 2),
      done boolean, kind varchar(9) check (kind in ('walk', 'it''s')), note text)`.execute(app.db)
    await exportBySteps(app, 'visit', {})
    const before = await requireJob(app.db, 1)
    const conditionOn = async (field: string, more: Record<string, string> = {}) => {
      const sent = { 'field-1-1': field, ...more, act: 'fit' }
      const page = await pageOf(await sendStep(app, '/jobs/1/edit/rows', sent))
      const value = page.querySelector('[name="value-1-1"]')
      return {
        type: value?.getAttributeValue('type') ?? value?.tagName,
        mode: value?.getAttributeValue('inputmode') ?? null,
        placeholder: value?.getAttributeValue('placeholder') ?? null,
        value: value?.getAttributeValue('value') ?? null,
        choices: textsOf(page, '[name="value-1-1"] option'),
        listed: page
          .querySelectorAll('#listed-1-1 option')
          .map((one) => decoded(one.getAttributeValue('value') ?? '')),
        operators: textsOf(page, '[name="operator-1-1"] option').length,
      }
    }
    const plain = { type: 'text', mode: null, placeholder: null, choices: [], listed: [] }
    expect(await conditionOn('note')).toMatchObject({ ...plain, operators: 11 })
    expect(await conditionOn('id')).toMatchObject({ ...plain, mode: 'numeric', operators: 8 })
    expect(await conditionOn('share')).toMatchObject({ mode: 'decimal', operators: 8 })
    expect(await conditionOn('day')).toMatchObject({ type: 'date', placeholder: null })
    expect(await conditionOn('day', { 'value-1-1': 'now' })).toMatchObject({
      type: 'text',
      placeholder: 'YYYY-MM-DD',
      value: 'now',
    })
    expect(await conditionOn('at')).toMatchObject({ placeholder: 'YYYY-MM-DD HH:MM:SS' })
    const done = { type: 'select', choices: ['– choose –', 'yes', 'no'], operators: 4 }
    expect(await conditionOn('done')).toMatchObject(done)
    expect(await conditionOn('done', { 'operator-1-1': 'contains' })).toMatchObject({
      operators: 5,
    })
    expect(await conditionOn('kind')).toMatchObject({ type: 'text', listed: ['walk', "it's"] })
    expect(await requireJob(app.db, 1)).toEqual(before)

    const maybe = { 'field-1-1': 'done', 'value-1-1': 'maybe' }
    expect(await conditionOn('done', maybe)).toMatchObject({
      choices: ['– choose –', 'maybe', 'yes', 'no'],
    })
    const refused = await pageOf(
      await sendStep(app, '/jobs/1/edit/rows', { ...maybe, act: 'next' }),
      422,
    )
    expect(textOf(refused.querySelector('#error-value-1-1'))).toContain('no value like maybe')
    const yes = { 'field-1-1': 'done', 'value-1-1': 'true', act: 'next' }
    expect((await sendStep(app, '/jobs/1/edit/rows', yes)).status).toBe(303)
    expect((await specificationOf(app)).filter).toMatchObject({ of: [{ value: 'true' }] })
  })

  test('have no condition that compares bytes, which would take no row and say nothing', async () => {
    const app = await aShop()
    const bytes = byDatabase({ SQLite: 'blob', PostgreSQL: 'bytea' })
    await sql.raw(`create table scan (id integer primary key, image ${bytes})`).execute(app.db)
    await exportBySteps(app, 'scan', {})
    const image = { 'field-1-1': 'image', 'value-1-1': 'ff', act: 'next' }
    const page = await pageOf(await sendStep(app, '/jobs/1/edit/rows', image), 422)
    expect(textOf(page.querySelector('#error-value-1-1'))).toContain('holds bytes')
    const fitting = page.querySelectorAll('[name="operator-1-1"] option')
    expect(fitting.map((one) => one.getAttributeValue('value'))).toEqual([
      'is',
      'is_empty',
      'is_filled',
    ])
  })

  test('that are all of them stay all, also of a table that gets more', async () => {
    const app = await aShop()
    await exportBySteps(app, 'goods', { rows: { 'place:name': '1' } })
    expect((await specificationOf(app)).columns).toEqual(['name', 'id', 'price'])
    await sendStep(app, '/jobs/1/edit/rows', { 'place:id': '1' })
    expect((await specificationOf(app)).columns).toEqual([])
    await exportBySteps(app, 'goods', { rows: {} })
    expect((await specificationOf(app, 2)).columns).toEqual([])
  })

  test('have their values written in the formats that are chosen for their columns', async () => {
    const app = await aShop()
    await sql`update goods set price = 1200 where id = 1`.execute(app.db)
    await exportBySteps(app, 'goods', {
      rows: { 'format:price': 'decimal_comma' },
      start: { act: 'start' },
    })
    await runWaiting(app.store)
    expect(contentOf(app, 'goods.csv')).toContain('1,Chair,1.200\n')
  })

  test.each([
    [{ 'value-1-1': 'cheap' }, 'value-1-1', 'can have no value like cheap'],
    [{ 'value-1-1': '' }, 'value-1-1', 'The condition on price has no value'],
    [{ mostRows: 'many' }, 'mostRows', ''],
    [{ 'take:id': null, 'take:name': null, 'take:price': null }, 'columns', 'No column is ticked'],
    [{ mostRows: '7', differential: 'price' }, 'mostRows', 'the rows beyond would be in no run'],
    [{ 'place:name': 'x' }, 'place-1', 'place of the column name as a whole number'],
    [{ 'place:name': '0' }, 'place-1', 'place of the column name as a whole number'],
    [{ 'title:name': 'price' }, 'title-2', 'would have the title "price"'],
  ])('are refused with %o, at the field', async (wrong, field, sentence) => {
    const app = await aShop()
    await exportBySteps(app, 'goods', {})
    const sent = await sendStep(app, '/jobs/1/edit/rows', { ...CONDITIONS, ...wrong, act: 'next' })
    const page = await pageOf(sent, 422)
    expect(textOf(page.querySelector(`#error-${field}`))).toContain(sentence)
    const value = page.querySelector('[name="value-1-2"]')?.getAttributeValue('value')
    expect(value).toBe('Table')
  })

  test('of a table that is gone are told to be gone, and another is chosen', async () => {
    const app = await aShop()
    await exportBySteps(app, 'cheap', {})
    await sql`drop view cheap`.execute(app.db)
    const page = await pageOf(await app.get('/jobs/1/edit/rows'))
    expect(textOf(page.querySelector('main [role="alert"]'))).toContain('no table or view "cheap"')
    await sendStep(app, '/jobs/1/edit/table', { table: 'goods', act: 'next' })
    expect((await app.get('/jobs/1/edit/rows')).status).toBe(200)
  })
})

describe('the file of an export', () => {
  test('is previewed with the statement that reads its rows', async () => {
    const app = await aShop()
    await exportBySteps(app, 'goods', { rows: { ...CONDITIONS, mostRows: '7' } })
    const asked = await sendStep(app, '/jobs/1/edit/output', { safeCells: 'yes', act: 'preview' })
    expect(asked.headers.get('location')).toBe('/jobs/1/edit/output?preview=yes#preview')
    const page = await pageOf(await app.get('/jobs/1/edit/output?preview=yes'))
    const [file, statement] = page
      .querySelectorAll('#preview pre')
      .map((one) => decoded(one.textContent))
    expect(file).toBe("id,name,price\n2,Table,100\n3,'=1+1,5\n")
    expect(statement).toContain(`where ("price" < 10 or "name" = 'Table')`)
    expect(statement).toContain('limit 7')
  })

  test('of many rows is previewed by the first 200, and the header', async () => {
    const app = await aShop()
    const row = (at: number) => ({ id: at + 10, name: `n${at}`, price: at })
    const rows = Array.from({ length: 300 }, (_, at) => row(at))
    await sql`insert into goods values ${sql.join(
      rows.map(({ id, name, price }) => sql`(${id}, ${name}, ${price})`),
    )}`.execute(app.db)
    await exportBySteps(app, 'goods', { rows: {} })
    await sendStep(app, '/jobs/1/edit/output', { act: 'preview' })
    const page = await pageOf(await app.get('/jobs/1/edit/output?preview=yes'))
    const [file = ''] = page.querySelectorAll('#preview pre').map((one) => decoded(one.textContent))
    expect(file.trimEnd().split('\n')).toHaveLength(201)
  })

  test.each([
    [{ fileName: 'out.tsv.gz' }, 'out.tsv.gz', { delimiter: '\t', gzip: true }],
    [{ gzip: 'yes' }, 'goods.csv.gz', { gzip: true }],
    [{ fileName: 'out.jsonl', gzip: 'yes' }, 'out.jsonl.gz', { format: 'json_lines' }],
    [{ delimiter: 'semicolon', header: null }, 'goods.csv', { delimiter: ';', header: false }],
    [{ delimiter: 'space' }, 'goods.csv', { delimiter: ' ' }],
    [{ encoding: 'windows-1252' }, 'goods.csv', { encoding: 'windows-1252', bom: false }],
    [{ bom: 'yes' }, 'goods.csv', { encoding: 'utf-8', bom: true }],
    [{ lineEnd: 'crlf', quoteAll: 'yes' }, 'goods.csv', { lineEnd: 'crlf', quoteAll: true }],
    [{ nullText: '\\N' }, 'goods.csv', { nullText: '\\N' }],
    [{ delimiter: 'other', otherDelimiter: '||' }, 'goods.csv', { delimiter: '||' }],
    [{ delimiter: 'comma', otherDelimiter: '\\x01' }, 'goods.csv', { delimiter: '\u0001' }],
  ])('is written as %o says', async (answers, name, written) => {
    const app = await aShop()
    await exportBySteps(app, 'goods', { output: answers })
    expect(await requireJob(app.db, 1)).toMatchObject({
      file_name: name,
      specification: { ...written, path: path.join(app.folder, name) },
    })
    const before = await requireJob(app.db, 1)
    await sendStep(app, '/jobs/1/edit/output', { act: 'back' })
    expect(await requireJob(app.db, 1)).toEqual(before)
  })

  test('that is not to be compressed any more loses the end of its name', async () => {
    const app = await aShop()
    await exportBySteps(app, 'goods', { output: { gzip: 'yes' } })
    await sendStep(app, '/jobs/1/edit/output', { gzip: null })
    expect(await requireJob(app.db, 1)).toMatchObject({
      file_name: 'goods.csv',
      specification: { gzip: false },
    })
  })

  test.each([
    '../out.csv',
    '/etc/out.csv',
    'sub\\out.csv',
    '..',
    '.out.csv',
    'new\nline.csv',
    'out\u202evsc.exe',
    'con"quote.csv',
    'x'.repeat(201),
    '',
  ])('is not called %j', async (fileName) => {
    const app = await aShop()
    await exportBySteps(app, 'goods', {})
    const page = await pageOf(await sendStep(app, '/jobs/1/edit/output', { fileName }), 422)
    expect(textOf(page.querySelector('#error-fileName'))).toContain('plain file name')
    expect(page.querySelector('#field-fileName')?.hasAttribute('aria-invalid')).toBe(true)
  })

  test.each([
    [{ delimiter: '"' }, 'delimiter', ''],
    [{ delimiter: 'other' }, 'otherDelimiter', 'empty'],
    [{ delimiter: 'other', otherDelimiter: '"' }, 'otherDelimiter', 'without double quotes'],
    [{ fileName: 'b.jsonl', delimiter: 'semicolon' }, 'format', '--delimiter'],
  ])('is refused with %o, at the field', async (wrong, field, sentence) => {
    const app = await aShop()
    await exportBySteps(app, 'goods', {})
    const page = await pageOf(await sendStep(app, '/jobs/1/edit/output', wrong), 422)
    expect(textOf(page.querySelector(`#error-${field}`))).toContain(sentence)
  })

  test('loses what only delimited text has where it gets another format', async () => {
    const app = await aShop()
    const options = { bom: 'yes', lineEnd: 'crlf', nullText: 'NULL', encoding: 'utf-16le' }
    await exportBySteps(app, 'goods', { output: options })
    const sent = await sendStep(app, '/jobs/1/edit/output', { fileName: 'b.jsonl', act: 'next' })
    expect(sent.status).toBe(303)
    const { format, encoding, ...others } = await specificationOf(app)
    expect([format, encoding, Object.keys(others)]).toEqual([
      'json_lines',
      'utf-8',
      expect.not.arrayContaining(['bom', 'lineEnd', 'nullText']),
    ])
  })

  test('writes dates with points', async () => {
    const app = await aShop()
    await sql`create table visit (id integer primary key, day date)`.execute(app.db)
    await sql`insert into visit values (1, '2026-12-31')`.execute(app.db)
    const rows = { 'format:day': 'dmy_dots' }
    await exportBySteps(app, 'visit', { rows, start: { act: 'start' } })
    await runWaiting(app.store)
    expect(contentOf(app, 'visit.csv')).toBe('id,day\n1,31.12.2026\n')
  })

  test.each([
    [{ encoding: 'windows-1252', bom: 'yes' }, 'bom', 'byte order mark'],
    [{ nullText: 'a,b' }, 'nullText', ''],
  ])('is refused with %o, at the field of it', async (wrong, field, sentence) => {
    const app = await aShop()
    await exportBySteps(app, 'goods', {})
    const sent = await sendStep(app, '/jobs/1/edit/output', { ...wrong, act: 'next' })
    const page = await pageOf(sent, 422)
    expect(textOf(page.querySelector(`#error-${field}`))).toContain(sentence)
    // One is saved all the same, for Back; the other is not.
    expect(textOf(page.querySelector('main [role="alert"]'))).toBe(
      'It cannot go on like this: see the field that is marked.',
    )
  })

  test('replaces one that is there only where that is ticked', async () => {
    const app = await aShop()
    writeFileSync(path.join(app.folder, 'out.csv'), 'of last week')
    await exportBySteps(app, 'goods', {})
    const sent = await sendStep(app, '/jobs/1/edit/output', { fileName: 'out.csv', act: 'next' })
    const page = await pageOf(sent, 422)
    expect(textOf(page.querySelector('#error-fileName'))).toContain('a file out.csv already')
    const ticked = await sendStep(app, '/jobs/1/edit/output', { replace: 'yes', act: 'next' })
    expect(ticked.headers.get('location')).toBe('/jobs/1/edit/start')
  })

  test('stays where it is, wherever that is, and moves under another name', async () => {
    const app = await aShop()
    const elsewhere = path.join(tmpDir(), 'out.csv')
    const asked = { table: 'goods', path: elsewhere, delimiter: '|', gzip: true, bom: true }
    const made = exportJob(parseExportSpecification(asked), {})
    await createJob(app.db, made, { now: NOON, actor: OPERATOR })
    await sendStep(app, '/jobs/1/edit/output', { header: null })
    const kept = { delimiter: '|', gzip: true, bom: true }
    expect(await specificationOf(app)).toMatchObject({ ...kept, path: elsewhere, header: false })
    const page = await pageOf(await app.get('/jobs/1/edit/output'))
    expect(textOf(page.querySelector('#step-form'))).toContain('byte order mark')
    await sendStep(app, '/jobs/1/edit/output', { fileName: 'other.csv', gzip: null })
    const there = path.join(app.folder, 'other.csv')
    expect(await specificationOf(app)).toMatchObject({ path: there, gzip: false, bom: true })
  })
})

describe('the start of an export', () => {
  test('is refused while another job writes the file, which the step says', async () => {
    const app = await aShop()
    await exportBySteps(app, 'goods', { start: { act: 'start' } })
    await exportBySteps(app, 'goods', {})
    const refused = await sendStep(app, '/jobs/2/edit/start', { act: 'start' })
    expect(textOf((await pageOf(refused, 422)).querySelector('main [role="alert"]'))).toMatch(
      /^Job 1 writes the file .*goods\.csv.* and is not over/,
    )
    expect((await app.post('/jobs/2/start')).status).toBe(409)
    await transition(app.db, 1, 'cancel', { actor: OPERATOR, now: NOON })
    const started = await sendStep(app, '/jobs/2/edit/start', { act: 'start', label: 'Nightly' })
    expect(started.headers.get('location')).toBe('/jobs/2')
    expect(await requireJob(app.db, 2)).toMatchObject({ status: 'start_pending', label: 'Nightly' })
  })

  test('may be later', async () => {
    const app = await aShop()
    const later = { act: 'later', startAt: '2030-01-31T08:30' }
    await exportBySteps(app, 'goods', { start: later })
    expect(await requireJob(app.db, 1)).toMatchObject({
      status: 'start_pending',
      start_at: '2030-01-31T08:30:00.000Z',
    })
    for (const step of ['table', 'rows', 'output', 'start']) {
      expect((await app.get(`/jobs/1/edit/${step}`)).status).toBe(409)
    }
  })

  test('of a template writes what changed since its last run, as the steps say', async () => {
    const app = await aShop()
    const rows = { differential: 'price' }
    await exportBySteps(app, 'goods', { rows, start: { act: 'start' } })
    await runWaiting(app.store)
    await app.post('/jobs/1/template', [['name', 'Nightly']])
    for (const url of ['/jobs/1', '/jobs/1/report']) {
      const told = textsOf(await pageOf(await app.get(url)), '.facts dl > div')
      expect(told).toContain('Changes writtenall rows, up to 100')
    }
    const made = await sendStep(app, '/jobs/new/export?template=1', {})
    expect(made.headers.get('location')).toBe('/jobs/2/edit/output')
    expect(await requireJob(app.db, 2)).toMatchObject({ template: '1', file_name: 'goods-2.csv' })
    const page = await pageOf(await app.get('/jobs/2/edit/output?preview=yes'))
    expect(textOf(page.querySelector('#preview'))).toContain(`where (("price" > 100) or`)
    const start = await pageOf(await app.get('/jobs/2/edit/start'))
    expect(textOf(start.querySelector('.card'))).toContain('Writes what changed since job 1')
  })
})

test.each(['table', 'rows', 'output', 'start'])(
  'the step %s keeps its address and its answers where the language changes',
  async (step) => {
    const app = await aShop()
    await exportBySteps(app, 'goods', { rows: CONDITIONS })
    const answers: Record<string, Record<string, string>> = {
      table: { table: 'cheap' },
      rows: { mostRows: '7', 'value-1-2': 'Chair' },
      output: { fileName: 'other.csv', safeCells: 'yes' },
      start: { label: 'Nightly' },
    }
    const url = `/jobs/1/edit/${step}`
    const switched = await sendStep(app, url, { ...answers[step], language: 'es' })
    expect([switched.status, switched.headers.get('location')]).toEqual([303, url])
    const cookie = switched.headers.get('set-cookie')?.split(';')[0] ?? ''
    expect(cookie).toBe('tallyman_language=es')
    const page = await pageOf(await app.get(url, { cookie }))
    expect(page.querySelector('html')?.getAttributeValue('lang')).toBe('es')
    expect(textOf(page.querySelector('h1'))).toMatch(/^Nueva exportación/)
    const form = page.querySelector('#step-form')
    for (const [name, value] of Object.entries(answers[step] ?? {})) {
      const field = form?.querySelector(`[name="${name}"]`)
      const chosen = field?.querySelector('option[selected]') ?? field
      expect([name, chosen?.getAttributeValue('value')]).toEqual([name, value])
    }
    // The switch of a page whose form was not sent.
    const bare = await app.post(url, [['language', 'en']])
    expect([bare.status, bare.headers.get('location')]).toEqual([303, url])
  },
)

test('what the export step for rows refuses is refused in the other language, with its answers', async () => {
  const app = await aShop()
  await exportBySteps(app, 'goods', { rows: CONDITIONS })
  const wrong = { 'value-1-1': '', mostRows: '3', language: 'es' }
  const page = await pageOf(await sendStep(app, '/jobs/1/edit/rows', wrong), 422)
  expect(textOf(page.querySelector('#error-value-1-1'))).toContain('no tiene valor')
  expect(page.querySelector('#field-mostRows')?.getAttributeValue('value')).toBe('3')
  expect((await specificationOf(app)).mostRows).toBeNull()
})

test('the address of the form that there was leads to the first step', async () => {
  const app = await aShop()
  await exportBySteps(app, 'goods', {})
  for (const answer of [
    await app.get('/jobs/1/specification'),
    await app.post('/jobs/1/specification'),
  ]) {
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/jobs/1/edit/table'])
  }
  expect((await app.get('/jobs/1/edit/columns')).status).toBe(404)
})
