import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { requireJob } from '../../../../src/engine/jobs/jobs.ts'
import { saveTemplate } from '../../../../src/engine/templates/save-template.ts'
import { findTemplate, listTemplates } from '../../../../src/engine/templates/templates.ts'
import { aJob, NOON, OPERATOR } from '../../../support/jobs/a-job.ts'
import { runWaiting } from '../../../support/jobs/run-waiting.ts'
import { anApp, OWN, type TestApp } from '../../../support/pages/app.ts'
import { sendStep } from '../../../support/pages/fill-form.ts'
import { pageOf, textOf, textsOf } from '../../../support/pages/html.ts'

const send = (app: TestApp, url: string, answers: Record<string, string>) =>
  app.post(url, Object.entries(answers))

const token = (name: string) => `0.${Buffer.from(name).toString('base64url')}`

/** A console with a table of people, files of them, and a template for them. */
async function aConsole() {
  const app = await anApp()
  for (const name of ['monday.csv', 'tuesday.csv']) {
    writeFileSync(path.join(app.folder, name), 'Correo;Nombre\nana@x.es;Ana\nbea@x.es;Bea\n')
  }
  await sql`create table person (email text primary key, name text not null)`.execute(app.db)
  const first = { step: 'file', header: 'yes', multiline: 'yes' }
  await send(app, '/jobs/new/import', { ...first, file: token('monday.csv') })
  await send(app, '/jobs/1/edit/columns', {
    table: 'person',
    act: 'again',
  })
  await send(app, '/jobs/1/edit/columns', {
    table: 'person',
    'field-0': 'email',
    'field-1': 'name',
    'key-0': 'yes',
    act: 'save',
  })
  const saved = await send(app, '/jobs/1/template', { name: 'People', description: 'Daily <b>' })
  expect([saved.status, saved.headers.get('location')]).toEqual([303, '/templates/1'])
  return app
}

describe('a template', () => {
  test('is saved at the last step of the assistant, which saves the step as well', async () => {
    const app = await aConsole()
    const led = await send(app, '/jobs/1/edit/try', { label: 'Mine', act: 'template' })
    expect(led.headers.get('location')).toBe('/jobs/1/template')
    expect(await requireJob(app.db, 1)).toMatchObject({ label: 'Mine', template: '1' })
    const page = await pageOf(await app.get('/jobs/1/template'))
    expect(page.querySelector('#field-name')?.getAttributeValue('value')).toBe('People')
  })

  test('asks for the file alone: two clicks make the job, and it runs as the template says', async () => {
    const app = await aConsole()
    const page = await pageOf(await app.get('/jobs/new/import?template=1'))
    expect(textOf(page.querySelector('.from-template'))).toContain('People')
    expect(page.querySelector('#more-dialect')).toBeNull()
    const made = await send(app, '/jobs/new/import', {
      step: 'file',
      template: '1',
      file: token('tuesday.csv'),
    })
    expect(made.headers.get('location')).toBe('/jobs/2/edit/try')
    await send(app, '/jobs/2/edit/try', { label: '', act: 'start' })
    await runWaiting(app.store)
    expect(await requireJob(app.db, 2)).toMatchObject({
      template: '1',
      status: 'finished',
      label: 'tuesday.csv → person',
      counters: { inserted: 2, rejects: 0 },
    })
    const shown = await pageOf(await app.get('/templates/1'))
    expect(textOf(shown.querySelector('#runs'))).toContain('2 tuesday.csv → person')
    expect(textOf(shown.querySelector('#medians'))).toContain('rejects: 0')
    const job = await pageOf(await app.get('/jobs/2'))
    expect(textOf(job.querySelector('#asked a[href="/templates/1"]'))).toBe('People')
  })

  test('is kept with an upload, whose job begins at its last step', async () => {
    const app = await aConsole()
    const form = new FormData()
    form.append('file', new File(['Correo;Nombre\neva@x.es;Eva\n'], 'wednesday.csv'))
    const made = await app.ask('/uploads?template=1', { method: 'POST', body: form, headers: OWN })
    expect(made.headers.get('location')).toBe('/jobs/2/edit/try')
    expect(await requireJob(app.db, 2)).toMatchObject({
      template: '1',
      specification: { table: 'person', map: { Correo: 'email', Nombre: 'name' } },
    })
  })

  test('has a file to fill in, as has each table, in the dialect of one that ships', async () => {
    const app = await aConsole()
    const page = await pageOf(await app.get('/templates/1'))
    const link = page.querySelector('#button-example')?.getAttributeValue('href') ?? ''
    const file = await app.get(link)
    expect(file.headers.get('content-disposition')).toContain('filename="person-example.csv"')
    expect(await file.text()).toMatch(/^Correo,Nombre\r\nemail 9901,name 1\r\n/)
    const spanish = await app.get(link, { 'accept-language': 'es' })
    expect(await spanish.text()).toMatch(/^Correo;Nombre\r\n/)

    const step = await pageOf(await app.get('/jobs/new/import?template=excel-import'))
    const form = step.querySelector('.example-form')
    expect(form?.getAttributeValue('action')).toBe('/example')
    expect(textsOf(step, '#field-example option')).toContain('person')
    const native = await app.get('/example?template=excel-import&table=person')
    expect(await native.text()).toMatch(/^email;name\r\n/)
    const missing = await pageOf(await app.get('/example?table=nobody'), 422)
    expect(textOf(missing.querySelector('main'))).toContain('no table or view "nobody"')
    expect((await app.get('/example')).status).toBe(422)
  })

  test('leads to the list of all its jobs, and of no others', async () => {
    const app = await aConsole()
    await aJob(app.db, { label: 'another' })
    const file = token('tuesday.csv')
    await send(app, '/jobs/new/import', { step: 'file', template: '1', file })
    const page = await pageOf(await app.get('/templates/1'))
    expect(page.querySelector('#runs a[href="/jobs?template=1"]')).not.toBeNull()
    for (const query of ['', '&sort=label', '&sort=started_at', '&text=person', '&type=import']) {
      const list = await pageOf(await app.get(`/jobs?template=1${query}`))
      expect([query, textsOf(list, 'td.col-label a')]).toEqual([
        query,
        [expect.stringContaining('tuesday.csv'), expect.stringContaining('monday.csv')],
      ])
      expect(textsOf(list, '#filter-template option[selected]')).toEqual(['People'])
    }
    const none = await pageOf(await app.get('/jobs?template=77'))
    expect(textsOf(none, '#filter-template option[selected]')).toEqual([
      'template 77, which is deleted',
    ])
    expect(
      textOf((await pageOf(await app.get('/jobs?template=A'))).querySelector('main')),
    ).toContain('template=A')
  })

  test('that ships with the program says how the file is written, and the table is found', async () => {
    const app = await aConsole()
    const made = await send(app, '/jobs/new/import', {
      step: 'file',
      template: 'excel-import',
      file: token('tuesday.csv'),
    })
    expect(made.headers.get('location')).toBe('/jobs/2/edit/file')
    expect(await requireJob(app.db, 2)).toMatchObject({
      template: 'excel-import',
      specification: { encoding: 'windows-1252', delimiter: ';', trim: true },
    })
  })

  test('that names no table keeps what it says, whatever table suits the file', async () => {
    const app = await aConsole()
    const fields = { name: { sensitive: true } }
    const parts = { operation: 'update', key: ['email'], map: {}, fields }
    const named = { name: 'Only known', description: '', type: 'import' } as const
    const { key } = await saveTemplate(
      app.db,
      { ...named, parts },
      { now: NOON, actor: OPERATOR, replaces: false },
    )
    await send(app, '/jobs/new/import', { step: 'file', template: key, file: token('tuesday.csv') })
    expect(await requireJob(app.db, 2)).toMatchObject({
      template: key,
      specification: { table: 'person', operation: 'update', key: ['email'], fields },
    })
  })

  test('of an export fills its steps, and keeps what no field shows', async () => {
    const app = await aConsole()
    const first = '/jobs/new/export?template=excel-export'
    expect(textOf((await pageOf(await app.get(first))).querySelector('main'))).toContain('Excel')
    await sendStep(app, first, { table: 'person' })
    const page = await pageOf(await app.get('/jobs/2/edit/output'))
    const safe = page.querySelector('#field-safeCells')
    expect(safe?.hasAttribute('checked')).toBe(true)
    expect(textOf(page.querySelector('#step-form'))).toContain('byte order mark')
    await sendStep(app, '/jobs/2/edit/output', { header: null })
    expect(await requireJob(app.db, 2)).toMatchObject({
      template: 'excel-export',
      specification: { bom: true, lineEnd: 'crlf', safeCells: true },
    })
    const led = await sendStep(app, '/jobs/2/edit/start', { act: 'template' })
    expect(led.headers.get('location')).toBe('/jobs/2/template')
  })

  test('is not made of one for the other direction', async () => {
    const app = await aConsole()
    expect((await app.get('/jobs/new/export?template=1')).status).toBe(404)
    expect((await app.get('/jobs/new/import?template=999')).status).toBe(404)
  })

  test('of a name that is taken is asked about once more, and then changed', async () => {
    const app = await aConsole()
    const { id } = await aJob(app.db)
    const answers = { name: 'people', description: '' }
    const page = await pageOf(await send(app, `/jobs/${id}/template`, answers), 422)
    expect(textOf(page.querySelector('#error-name'))).toContain('already')
    await send(app, `/jobs/${id}/template`, { ...answers, replaces: 'yes' })
    expect((await listTemplates(app.db)).filter(({ saved }) => saved !== null)).toHaveLength(1)
    const shown = await pageOf(await app.get('/templates/1'))
    const changes = textsOf(shown, '#changes tbody td')
    expect(changes).toEqual(expect.arrayContaining(['name', 'People']))
    expect(changes[0]).toMatch(/^Jan 31, 2026, .*, ana$/)
  })

  test('is edited as a specification, each fault of which is told with its place', async () => {
    const app = await aConsole()
    const wrong = '{"type": "import", "maxRejects": "many", "nothing": 1}'
    const answers = { name: 'People', description: '', act: 'save' }
    const refused = await send(app, '/templates/1/edit', { ...answers, specification: wrong })
    const page = await pageOf(refused, 422)
    expect(textOf(page.querySelector('#error-specification'))).toMatch(/maxRejects: .*nothing: /)
    expect(textOf(page.querySelector('#field-specification'))).toBe(wrong)

    const twice = '{"table": "person",\n"maxRejects": 5,\n"maxRejects": 6}'
    const again = await send(app, '/templates/1/edit', { ...answers, specification: twice })
    expect(textOf((await pageOf(again, 422)).querySelector('#error-specification'))).toMatch(
      /"maxRejects" .*line 3.*line 2/,
    )

    const right = '{"type": "import", "table": "person", "maxRejects": 5}'
    const saved = await send(app, '/templates/1/edit', { ...answers, specification: right })
    expect(saved.status).toBe(303)
    expect((await findTemplate(app.db, '1'))?.parts).toEqual({ table: 'person', maxRejects: 5 })
  })

  test.each([
    ['import', { table: 'nobody' }, 'no table "nobody"'],
    ['import', { table: 'person', map: { A: 'age' } }, 'has no column "age"'],
    ['import', { table: 'person', key: ['email', 'email'] }, 'twice'],
    ['export', { table: 'nobody' }, 'no table or view "nobody"'],
    ['export', { table: 'person', columns: ['email', 'email'] }, 'have the title "email"'],
    ['export', { table: 'person', names: { name: 'email' } }, 'have the title "email"'],
    ['export', { table: 'person', order: [{ field: 'age' }] }, 'has no column "age"'],
  ] as const)('is refused as a job would be: %s %o', async (type, parts, sentence) => {
    const app = await aConsole()
    const written = { name: 'Out', description: '', type, parts: { table: 'person' } }
    const by = { now: NOON, actor: OPERATOR, replaces: false }
    const { key } = await saveTemplate(app.db, written, by)
    const answers = { name: 'Out', description: '', act: 'save' }
    const specification = JSON.stringify({ type, ...parts })
    const sent = await send(app, `/templates/${key}/edit`, { ...answers, specification })
    const page = await pageOf(sent, 422)
    expect(textOf(page.querySelector('#error-specification'))).toContain(sentence)
    expect((await findTemplate(app.db, key))?.parts).toEqual({ table: 'person' })
  })

  test('that ships with the program is saved as another, and changed in no other way', async () => {
    const app = await aConsole()
    const page = await pageOf(await app.get('/templates/csv-export/edit'))
    expect(page.querySelector('#button-save')).toBeNull()
    const specification = textOf(page.querySelector('#field-specification'))
    const answers = { name: 'Own', description: '', specification }
    const changed = await send(app, '/templates/csv-export/edit', { ...answers, act: 'save' })
    expect(changed.status).toBe(409)
    expect((await send(app, '/templates/csv-export/delete', {})).status).toBe(409)
    const saved = await send(app, '/templates/csv-export/edit', { ...answers, act: 'save_as' })
    expect(saved.headers.get('location')).toBe('/templates/2')
  })

  test('is deleted after a question; its jobs say that it is gone', async () => {
    const app = await aConsole()
    const page = await pageOf(await app.get('/templates/1/delete'))
    expect(textOf(page.querySelector('h1'))).toBe('Delete the template People?')
    const gone = await send(app, '/templates/1/delete', {})
    expect(gone.headers.get('location')).toBe('/templates')
    expect((await app.get('/templates/1')).status).toBe(404)
    const job = await pageOf(await app.get('/jobs/1'))
    expect(textOf(job.querySelector('#asked'))).toContain('template 1, which is deleted')
  })

  test('is told in Spanish, the names of those that ship as well', async () => {
    const app = await aConsole()
    const page = await pageOf(await app.get('/templates', { 'accept-language': 'es' }))
    const told = textOf(page.querySelector('main'))
    expect(told).toContain('CSV de un Excel español')
    expect(told).toContain('Daily <b>')
    expect(told).not.toContain('ships with')
  })
})
