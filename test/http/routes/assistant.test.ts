import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { aJob } from '../../support/jobs/a-job.ts'
import { anApp, type TestApp } from '../../support/pages/app.ts'
import { pageOf, textOf, textsOf } from '../../support/pages/html.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { tmpDir } from '../../support/tmp.ts'
import { expectAgreement } from '../../support/jobs/verified.ts'

const PEOPLE = 'ID;Full name;Age\n1;Ana;31\n2;Bea;many\n3;Carla;18\n'

/** A console with a table of people and a file of them in its inbox. */
async function aConsole(text = PEOPLE, name = 'people.csv') {
  const inbox = tmpDir()
  writeFileSync(path.join(inbox, name), text)
  const app = await anApp({ inboxes: [inbox] })
  await sql`create table person
    (id integer primary key, name text not null, age integer, note text)`.execute(app.db)
  const file = `0.${Buffer.from(name).toString('base64url')}`
  const first = { step: 'file', file, header: 'yes', multiline: 'yes' }
  return { app, inbox, file, first }
}

const send = (app: TestApp, url: string, answers: Record<string, string>) =>
  app.post(url, Object.entries(answers))

async function begin(app: TestApp, answers: Record<string, string>): Promise<string> {
  const made = await send(app, '/jobs/new/import', answers)
  expect(made.status).toBe(303)
  return (made.headers.get('location') ?? '').replace(/\/file$/, '')
}

async function specificationOf(app: TestApp, id = 1) {
  const job = await requireJob(app.db, id)
  return job.type === 'import' ? job.specification : undefined
}

describe('the assistant for imports', () => {
  test('finds the table whose fields are named like the columns, with its key', async () => {
    const { app, first } = await aConsole()
    expect(await begin(app, first)).toBe('/jobs/1/edit')
    expect(await requireJob(app.db, 1)).toMatchObject({
      status: 'editing',
      label: 'people.csv → person',
      specification: { table: 'person', create: false, key: ['id'], operation: 'insert_or_update' },
    })
  })

  test('takes several files of the inbox, and its pages say in which one a record is', async () => {
    const { app, inbox, first } = await aConsole()
    const further = (name: string) => `also:0.${Buffer.from(name).toString('base64url')}`
    writeFileSync(path.join(inbox, 'later.csv'), 'Age,ID,Full name\nold,7,Gus\n40,8,Hal\n')
    writeFileSync(path.join(inbox, 'narrow.csv'), 'ID;Full name\n9;Ida\n')
    const wanted = { ...first, [further('later.csv')]: 'yes' }
    expect(await begin(app, wanted)).toBe('/jobs/1/edit')
    const { path: one, morePaths } = (await specificationOf(app)) ?? {}
    expect([one, ...(morePaths ?? [])].map((file) => path.basename(file ?? ''))).toEqual([
      'people.csv',
      'later.csv',
    ])
    const step = await pageOf(await app.get('/jobs/1/edit/file'))
    expect(step.querySelectorAll('.further-files input').length).toBe(3)
    await send(app, '/jobs/1/edit/file', { ...wanted, file: 'same', go: 'next' })
    expect((await requireJob(app.db, 1)).file_name).toBe('people.csv, later.csv')

    await send(app, '/jobs/1/start', {})
    await runWaiting(app.store)
    expect((await requireJob(app.db, 1)).counters).toMatchObject({ inserted: 3, rejects: 2 })
    const page = await pageOf(await app.get('/jobs/1/rejects'))
    expect(textsOf(page, '.reject-table td[data-name="Origin"]')).toEqual([
      'people.csv',
      'later.csv',
    ])
    expect(textsOf(page, '.reject-table td.key, .reject-table td[data-name="Key"]')).toEqual([
      '2',
      '7',
    ])
    const record = await pageOf(await app.get('/jobs/1/rejects/4'))
    expect(textOf(record.querySelector('.reject-record h2'))).toContain('later.csv')
    const grid = await pageOf(await app.get('/jobs/1/rejects/repair'))
    expect(textOf(grid.querySelector('td[data-name="Lines"]'))).toMatch(
      /people\.csv.*: 3, .*later\.csv.*: 2/,
    )
    await expectAgreement(app.store)

    const refused = await send(app, '/jobs/new/import?form=whole', {
      file: first.file,
      table: 'person',
      [further('narrow.csv')]: 'yes',
      header: 'yes',
    })
    const told = await pageOf(refused, 422)
    expect(textOf(told.querySelector('#error-file'))).toContain('has no column for age')
  })

  test('says how the file is read, and what cannot be read in place', async () => {
    const { app, first } = await aConsole(`${PEOPLE}4;"Dora;5\n`)
    await begin(app, first)
    const page = await pageOf(await app.get('/jobs/1/edit/file'))
    expect(textOf(page.querySelector('.found-line'))).toMatch(
      /people\.csv .* semicolon .* utf-8 · header in line 1 · 4 records/,
    )
    expect(textsOf(page, '.fault-cell')).toEqual([expect.stringContaining('4;"Dora;5')])
    expect(textOf(page.querySelector('.misfits'))).toContain('1 of the first 4 records cannot')
  })

  test('refuses a file with nothing in it at the first step', async () => {
    const { app, first } = await aConsole('')
    await begin(app, first)
    const refused = await send(app, '/jobs/1/edit/file', { ...first, file: 'same', act: 'next' })
    const page = await pageOf(refused, 422)
    expect(textOf(page.querySelector('[id="main"]'))).toContain(
      'people.csv is empty: there is nothing in it to import.',
    )
  })

  test('reads it otherwise, and keeps what was said of the columns that are still there', async () => {
    const { app, first } = await aConsole()
    await begin(app, first)
    const columns = { 'field-0': 'id', 'field-1': 'name', 'field-2': '', 'key-0': 'yes' }
    await send(app, '/jobs/1/edit/columns', { ...columns, act: 'again' })
    expect(await specificationOf(app)).toMatchObject({
      map: { ID: 'id', 'Full name': 'name' },
      leaveOut: ['Age'],
    })
    const again = await send(app, '/jobs/1/edit/file', {
      ...first,
      file: 'same',
      columns: 'ID, Nombre, Age',
      skip: '1',
      act: 'again',
    })
    expect(again.headers.get('location')).toBe('/jobs/1/edit/file')
    expect(await specificationOf(app)).toMatchObject({
      map: { ID: 'id', Nombre: 'name' },
      leaveOut: ['Age'],
    })
  })

  test('checks the first records as the import would, with examples', async () => {
    const { app, first } = await aConsole()
    await begin(app, first)
    const page = await pageOf(await app.get('/jobs/1/edit/columns'))
    expect(textsOf(page, '.column-table td:last-child')).toEqual([
      '✓ all fit',
      '✓ all fit',
      expect.stringContaining('1 does not fit: many (line 3)'),
    ])
    expect(textsOf(page, '.guessed')).toEqual(['guessed', 'guessed', 'guessed'])
    expect(textOf(page.querySelector('[id="main"]'))).toContain(
      'Fields that get nothing from this file: note.',
    )
  })

  test('marks what it guessed from a name that means the same until another field is chosen', async () => {
    const { app, first } = await aConsole()
    await begin(app, first)
    expect(await specificationOf(app)).toMatchObject({ map: { 'Full name': 'name' } })
    const columns = { 'field-0': 'id', 'field-1': 'name', 'field-2': 'age', 'key-0': 'yes' }
    const marks = async () =>
      textsOf(await pageOf(await app.get('/jobs/1/edit/columns')), '.guessed').length
    await send(app, '/jobs/1/edit/columns', { ...columns, act: 'again' })
    expect(await marks()).toBe(3)
    await send(app, '/jobs/1/edit/columns', { ...columns, 'field-1': 'note', act: 'again' })
    expect(await marks()).toBe(2)
  })

  test('guesses anew when the file is read otherwise, while nothing else was said', async () => {
    const { app, first } = await aConsole()
    await begin(app, first)
    const reading = { ...first, file: 'same', columns: 'id, Observaciones, age', skip: '1' }
    await send(app, '/jobs/1/edit/file', { ...reading, act: 'again' })
    expect((await specificationOf(app))?.map).toEqual({ Observaciones: 'note' })
  })

  test('guesses no field that two columns may mean', async () => {
    const { app, first } = await aConsole('id;age;Full name;Nombre completo\n1;31;Ana;Ana Gil\n')
    await begin(app, first)
    expect((await specificationOf(app))?.map).toEqual({})
    const page = await pageOf(await app.get('/jobs/1/edit/columns'))
    expect(textsOf(page, '.guessed')).toEqual([])
    expect(textOf(page.querySelector('[id="main"]'))).toContain('get nothing from this file: name')
  })

  test('goes on only with a job that can run, and back with any', async () => {
    const { app, first } = await aConsole()
    await begin(app, first)
    const twice = { 'field-0': 'id', 'field-1': 'name', 'field-2': 'name', 'key-0': 'yes' }
    const refused = await send(app, '/jobs/1/edit/columns', { ...twice, act: 'next' })
    const page = await pageOf(refused, 422)
    expect(textOf(page.querySelector('[id="main"] [role="alert"]'))).toContain('name')

    const back = await send(app, '/jobs/1/edit/columns', { ...twice, act: 'back' })
    expect(back.headers.get('location')).toBe('/jobs/1/edit/file')
    expect(await specificationOf(app)).toMatchObject({ map: { Age: 'name' } })
    expect((await app.get('/jobs/1/edit/columns')).status).toBe(200)
  })

  test('leads from the file to a running import, step by step', async () => {
    const { app, first } = await aConsole()
    const job = await begin(app, first)
    const steps: [string, Record<string, string>, string][] = [
      ['file', { ...first, file: 'same' }, 'columns'],
      [
        'columns',
        {
          'field-0': 'id',
          'field-1': 'name',
          'field-2': 'age',
          'key-0': 'yes',
          'error-2': 'warn',
        },
        'rules',
      ],
      ['rules', { operation: 'insert_or_update', empties: 'overwrite', maxRejects: '5' }, 'try'],
    ]
    for (const [step, answers, next] of steps) {
      const taken = await send(app, `${job}/${step}`, { ...answers, step, act: 'next' })
      expect([step, taken.headers.get('location')]).toEqual([step, `${job}/${next}`])
    }
    const started = await send(app, `${job}/try`, { step: 'try', label: 'Mine', act: 'start' })
    expect(started.headers.get('location')).toBe('/jobs/1')
    expect(await requireJob(app.db, 1)).toMatchObject({
      status: 'start_pending',
      label: 'Mine',
      specification: {
        map: { ID: 'id', 'Full name': 'name', Age: 'age' },
        fields: { age: { onError: 'warn', emptyOverwrites: true } },
        maxRejects: 5,
      },
    })
    await runWaiting(app.store)
    expect(await requireJob(app.db, 1)).toMatchObject({
      status: 'finished',
      counters: { inserted: 3, rejects: 0, warnings: 1 },
    })
  })

  test('guesses how values are written, marks that, and asks where dates do not tell', async () => {
    const text = 'id;born;paid;sent\n1;31/12/1990;12,50;3/4/2026\n2;1/2/2000;1.000,00;1/2/2026\n'
    const { app, first } = await aConsole(text)
    await sql`create table bill (id integer primary key, born date, paid numeric, sent date)`.execute(
      app.db,
    )
    const job = await begin(app, first)
    expect(await specificationOf(app)).toMatchObject({
      table: 'bill',
      fields: { born: { format: { order: 'dmy' } }, paid: { format: { decimal: ',' } } },
    })
    const page = await pageOf(await app.get(`${job}/columns`))
    expect(textsOf(page, '.guessed')).toEqual(['guessed', 'guessed'])
    expect(textsOf(page, '.column-table td:nth-child(4) .misfits')).toEqual([
      'Day or month first? The dates do not tell.',
    ])
    const fields = { 'field-0': 'id', 'field-1': 'born', 'field-2': 'paid', 'field-3': 'sent' }
    const chosen = {
      ...fields,
      'format-3': 'dmy',
      'key-0': 'yes',
      'asked-1': 'yes',
      'change-1-1': 'trim',
    }
    const kept = { 'format-1': 'dmy', 'format-2': 'decimal_comma' }
    const taken = await send(app, `${job}/columns`, { ...chosen, ...kept, act: 'next' })
    expect(taken.headers.get('location')).toBe(`${job}/rules`)
    await send(app, `${job}/try`, { act: 'start' })
    await runWaiting(app.store)
    const { rows } = await sql<Record<string, string>>`
      select cast(born as text) as born, cast(paid as text) as paid, cast(sent as text) as sent
      from bill order by id`.execute(app.db)
    expect(rows.map(({ born, paid, sent }) => [born, Number(paid), sent])).toEqual([
      ['1990-12-31', 12.5, '2026-04-03'],
      ['2000-02-01', 1000, '2026-02-01'],
    ])
  })

  test('shows what it guesses of a field that is chosen, before it counts', async () => {
    const { app, first } = await aConsole('code;fecha\n1;31/12/1990\n')
    await sql`create table visit (id integer primary key, at date)`.execute(app.db)
    const job = await begin(app, first)
    await send(app, `${job}/columns`, { table: 'visit', act: 'again' })
    const fields = { 'field-0': 'id', 'field-1': 'at', 'key-0': 'yes', 'format-1': '' }
    const taken = await send(app, `${job}/columns`, { ...fields, act: 'next' })
    expect(taken.headers.get('location')).toBe(`${job}/columns?guessed=yes`)
    const page = await pageOf(await app.get(`${job}/columns?guessed=yes`))
    expect(textOf(page.querySelector('main'))).toContain('What you chose was looked at')
    expect(await specificationOf(app)).toMatchObject({
      fields: { at: { format: { order: 'dmy' } } },
    })
    const again = await send(app, `${job}/columns`, { ...fields, 'format-1': 'dmy', act: 'next' })
    expect(again.headers.get('location')).toBe(`${job}/rules`)
  })

  test('tries the job out, and shows the rows that would change with their cells', async () => {
    const { app, first } = await aConsole()
    const { db, store } = app
    await sql`insert into person (id, name, age) values (1, 'Anna', 31), (3, 'Carla', 18)`.execute(
      db,
    )
    const job = await begin(app, first)
    const fields = { 'field-0': 'id', 'field-1': 'name', 'field-2': 'age', 'key-0': 'yes' }
    await send(app, `${job}/columns`, { ...fields, act: 'next' })
    const tried = await send(app, `${job}/try`, { act: 'try_all' })
    expect(tried.headers.get('location')).toBe(`${job}/try`)
    const waiting = await pageOf(await app.get(`${job}/try`))
    expect(waiting.querySelector('[id="trial"]')?.getAttributeValue('hx-get')).toBe(`${job}/try`)
    await runWaiting(store)
    const page = await pageOf(await app.get(`${job}/try`))
    expect(page.querySelector('[id="trial"]')?.hasAttribute('hx-get')).toBe(false)
    expect(textOf(page.querySelector('.ledger'))).toMatch(
      /1 ?Would be updated.*1 ?Would stay unchanged.*1 ?Would be rejected/,
    )
    expect(textsOf(page, '#trial .stacked tbody tr')).toEqual(['2updated1Anna Ana31'])
    expect(textsOf(page, '#trial ins')).toEqual(['Ana'])
    expect(await requireJob(db, 2)).toMatchObject({ dry_run: true, copy_of: 1 })
    await expectAgreement(store)

    await send(app, `${job}/rules`, { operation: 'update', empties: 'keep' })
    const stale = await pageOf(await app.get(`${job}/try`))
    expect(textOf(stale.querySelector('#trial .misfits'))).toContain('changed since this trial')
  })

  test('shows nothing of a table that the trial alone has, and of no key all that goes in', async () => {
    const { app, first } = await aConsole('code,price\n01,3\n', 'prices.csv')
    const job = await begin(app, first)
    await send(app, `${job}/try`, { act: 'try_all' })
    await runWaiting(app.store)
    const page = await pageOf(await app.get(`${job}/try`))
    expect(textsOf(page, '#trial .stacked tbody tr')).toEqual(['2013'])
    await send(app, `${job}/columns`, {
      'field-0': 'code',
      'field-1': 'price',
      'key-0': 'yes',
      act: 'next',
    })
    await send(app, `${job}/try`, { act: 'try_all' })
    await runWaiting(app.store)
    expect(await requireJob(app.db, 3)).toMatchObject({ status: 'finished' })
  })

  test('starts a job later, at a time to come', async () => {
    const { app, first } = await aConsole()
    const job = await begin(app, first)
    const fields = { 'field-0': 'id', 'field-1': 'name', 'field-2': 'age', 'key-0': 'yes' }
    await send(app, `${job}/columns`, { ...fields, act: 'next' })
    const over = await send(app, `${job}/try`, { act: 'later', startAt: '2020-01-01T08:00' })
    const refused = await pageOf(over, 422)
    expect(textOf(refused.querySelector('#error-startAt'))).toContain('a time to come')
    const started = await send(app, `${job}/try`, { act: 'later', startAt: '2099-01-31T08:30' })
    expect(started.headers.get('location')).toBe('/jobs/1')
    expect(await requireJob(app.db, 1)).toMatchObject({
      status: 'start_pending',
      start_at: '2099-01-31T08:30:00.000Z',
    })
    expect(textOf((await pageOf(await app.get('/jobs/1'))).querySelector('.wait'))).toMatch(
      /^Starts on Jan 31, 2099/,
    )
  })

  test('makes a table where none is like the file, with types that can be chosen', async () => {
    const { app, first } = await aConsole('code,price\n01,3\n02,4\n', 'Price list 2026.csv')
    await begin(app, first)
    expect(await specificationOf(app)).toMatchObject({ table: 'price_list_2026', create: true })
    const page = await pageOf(await app.get('/jobs/1/edit/columns'))
    expect(
      page
        .querySelectorAll('.column-table td:nth-child(4) option[selected]')
        .map((option) => option.getAttributeValue('value')),
    ).toEqual(['text', 'integer'])
    const chosen = { 'field-0': 'code', 'type-0': 'text', 'field-1': 'cost', 'type-1': 'number' }
    await send(app, '/jobs/1/edit/columns', { ...chosen, 'key-0': 'yes', act: 'next' })
    await send(app, '/jobs/1/edit/try', { act: 'start' })
    await runWaiting(app.store)
    expect(await requireJob(app.db, 1)).toMatchObject({ counters: { inserted: 2 } })
    const made = await app.store.tables.describe(app.db, 'price_list_2026')
    expect(made?.columns.map(({ name, type }) => [name, type])).toEqual([
      ['code', 'text'],
      ['cost', 'number'],
    ])
    expect(made?.primaryKey).toEqual(['code'])
  })

  test('matches the columns anew where another table is taken', async () => {
    const { app, first } = await aConsole()
    await begin(app, first)
    await sql`create table guest (id integer, full_name text)`.execute(app.db)
    const taken = await send(app, '/jobs/1/edit/columns', { table: 'guest', act: 'next' })
    expect(taken.headers.get('location')).toBe('/jobs/1/edit/columns?guessed=yes')
    expect(await specificationOf(app)).toMatchObject({ table: 'guest', key: [], map: {} })
    expect((await requireJob(app.db, 1)).label).toBe('people.csv → guest')
  })

  test('asks before the same file goes into the same table', async () => {
    const { app, first } = await aConsole('id,name\n1,Ana\n')
    await sql`create table plain (id integer, name text)`.execute(app.db)
    const job = await begin(app, first)
    await send(app, `${job}/columns`, { table: 'plain', act: 'again' })
    await send(app, `${job}/try`, { act: 'start' })
    await runWaiting(app.store)
    await begin(app, first)
    await send(app, '/jobs/2/edit/columns', { table: 'plain', act: 'again' })
    const asked = await pageOf(await send(app, '/jobs/2/edit/try', { act: 'start' }), 422)
    expect(textOf(asked.querySelector('#error-again'))).toContain('job 1')
    expect((await send(app, '/jobs/2/edit/try', { act: 'start', again: 'yes' })).status).toBe(303)
  })

  test('is closed once the job is started, and is no page of an export', async () => {
    const { app } = await aConsole()
    const running = await aJob(app.db, { status: 'running' })
    expect((await app.get(`/jobs/${running.id}/edit/rules`)).status).toBe(409)
    expect((await send(app, `/jobs/${running.id}/edit/rules`, {})).status).toBe(409)
  })

  test('keeps the answers where the language changes', async () => {
    const { app, first } = await aConsole()
    const job = await begin(app, first)
    const form = { step: 'rules', operation: 'update', maxRejects: '7', language: 'es' }
    const switched = await send(app, `${job}/rules`, form)
    expect(switched.headers.get('location')).toBe(`${job}/rules`)
    expect(await specificationOf(app)).toMatchObject({ operation: 'update', maxRejects: 7 })
    const refused = await send(app, `${job}/rules`, { ...form, maxRejects: 'x' })
    expect(textOf((await pageOf(refused, 422)).querySelector('h1'))).toMatch(/^Nueva importación/)
    const bare = await send(app, `${job}/rules`, { language: 'en' })
    expect(bare.status).toBe(303)
    expect(await specificationOf(app)).toMatchObject({ operation: 'update' })
  })
})
