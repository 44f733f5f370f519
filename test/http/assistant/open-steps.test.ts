import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { namedFormat } from '../../../src/domain/specification/fields/named-formats.ts'
import { parseExportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { createJob, requireJob } from '../../../src/engine/jobs/jobs.ts'
import { exportJob } from '../../../src/engine/jobs/new-job.ts'
import { saveTemplate } from '../../../src/engine/templates/save-template.ts'
import { aJob, NOON, OPERATOR } from '../../support/jobs/a-job.ts'
import { aJobOf, EDIT, send } from '../../support/pages/an-assistant.ts'
import { anApp, OWN, type TestApp } from '../../support/pages/app.ts'
import { exportBySteps, sendStep } from '../../support/pages/fill-form.ts'
import { pageOf, textOf } from '../../support/pages/html.ts'

const token = (name: string) => `0.${Buffer.from(name).toString('base64url')}`

/** A console whose template takes the columns id and day into a table of visits. */
async function aTemplate() {
  const app = await anApp()
  await sql`create table visit (id integer primary key, day date, price numeric(9, 3))`.execute(
    app.db,
  )
  const parts = { table: 'visit', key: ['id'], map: { Number: 'id', Day: 'day', Paid: 'price' } }
  const written = { name: 'Visits', description: '', type: 'import', parts } as const
  await saveTemplate(app.db, written, { now: NOON, actor: OPERATOR, replaces: false })
  return app
}

describe('a new job from a template', () => {
  test.each([
    ['lacks a column', 'Number;Day\n1;2026-01-31\n', 'columns', 'The file has no column "Paid"'],
    [
      'has dates that can be read in two ways',
      'Number;Day;Paid\n1;03/04/2026;1\n2;05/06/2026;2\n',
      'columns',
      'Choose how the dates of the column Day are written',
    ],
    [
      'has numbers that can be read in two ways',
      'Number;Day;Paid\n1;2026-01-31;1.234\n2;2026-01-31;2.345\n',
      'columns',
      'Choose how the numbers of the column Paid are written',
    ],
    ['is empty', '', 'file', 'there is nothing in it to import'],
  ])('stops where its file %s, and says so', async (_name, content, step, sentence) => {
    const app = await aTemplate()
    writeFileSync(path.join(app.folder, 'visits.csv'), content)
    const first = { step: 'file', template: '1', file: token('visits.csv') }
    const made = await send(app, '/jobs/new/import', first)
    const open = made.headers.get('location') ?? ''
    expect(open).toBe(`${EDIT}/${step}?open=yes`)
    const page = await pageOf(await app.get(open))
    expect(textOf(page.querySelector('main [role="alert"]'))).toContain(sentence)
    expect(page.querySelectorAll('.step-done')).toHaveLength(step === 'file' ? 0 : 1)

    const started = await sendStep(app, `${EDIT}/try`, { act: 'start' })
    expect(started.headers.get('location')).toBe(open)
    expect(await requireJob(app.db, 1)).toMatchObject({ status: 'editing', template: '1' })

    const form = new FormData()
    form.append('file', new File([content], 'visits.csv'))
    const asked = { method: 'POST', body: form, headers: OWN }
    const uploaded = await app.ask('/uploads?template=1', asked)
    expect(uploaded.headers.get('location')).toBe(`/jobs/2/edit/${step}?open=yes`)
  })

  test('shows the columns where more values would fit in another format', async () => {
    const app = await aTemplate()
    const parts = {
      table: 'visit',
      key: ['id'],
      map: { Number: 'id', Day: 'day' },
      fields: { day: { format: namedFormat('dmy') } },
    }
    const written = { name: 'Days', description: '', type: 'import', parts } as const
    await saveTemplate(app.db, written, { now: NOON, actor: OPERATOR, replaces: false })
    const goesTo = async (day: string) => {
      writeFileSync(path.join(app.folder, 'days.csv'), `Number;Day\n1;03/04/2026\n2;${day}\n`)
      const first = { step: 'file', template: '2', file: token('days.csv') }
      const made = await send(app, '/jobs/new/import', first)
      return made.headers.get('location')
    }
    expect(await goesTo('05/31/2026')).toBe('/jobs/1/edit/columns')
    const page = await pageOf(await app.get('/jobs/1/edit/columns'))
    expect(textOf(page)).toContain('2 would')
    expect(textOf(page.querySelector('main .notice'))).toBe(
      'More values of Day would fit in another format than the one that is set. Choose it, or go on as it is.',
    )
    expect(await goesTo('31/05/2026')).toBe('/jobs/2/edit/try')
    expect(await goesTo('soon')).toBe('/jobs/3/edit/try')
  })

  test('goes to its last step once what was open is decided', async () => {
    const app = await aTemplate()
    writeFileSync(path.join(app.folder, 'visits.csv'), 'Number;Day;Paid\n1;03/04/2026;1\n')
    await send(app, '/jobs/new/import', { step: 'file', template: '1', file: token('visits.csv') })
    const decided = await sendStep(app, `${EDIT}/columns`, { 'format-1': 'dmy', act: 'next' })
    expect(decided.headers.get('location')).toBe(`${EDIT}/rules`)
    const started = await sendStep(app, `${EDIT}/try`, { act: 'start' })
    expect(started.headers.get('location')).toBe('/jobs/1')
  })

  test('of an export stops at its rows where the table lacks a field of them', async () => {
    const app = await anApp()
    await sql`create table goods (id integer primary key, name text)`.execute(app.db)
    await exportBySteps(app, 'goods', { rows: { 'sort-1': 'name' } })
    await app.post('/jobs/1/template', [['name', 'Sorted']])
    await sql`alter table goods rename column name to title`.execute(app.db)
    const made = await sendStep(app, '/jobs/new/export?template=1', {})
    expect(made.headers.get('location')).toBe('/jobs/2/edit/rows?open=yes')
    const page = await pageOf(await app.get('/jobs/2/edit/rows?open=yes'))
    expect(textOf(page.querySelector('main [role="alert"]'))).toContain('no column "name"')
  })
})

test('a step that a link leads to starts nothing while one before it is open', async () => {
  const app = await aJobOf(
    { 'visits.csv': 'id;day\n1;03/04/2026\n' },
    'create table visit (id integer primary key, day date)',
  )
  const clicked = await app.post('/jobs/1/start', [])
  expect(clicked.headers.get('location')).toBe(`${EDIT}/columns?open=yes`)
  expect(await requireJob(app.db, 1)).toMatchObject({ status: 'editing' })
  for (const step of ['rules', 'try']) {
    const act = step === 'rules' ? 'next' : 'try'
    const sent = await sendStep(app, `${EDIT}/${step}`, { act })
    expect([step, sent.headers.get('location')]).toEqual([step, `${EDIT}/columns?open=yes`])
  }
})

test('of jobs that are started at once, those start that have nothing to decide', async () => {
  const app = await aJobOf(
    { 'visits.csv': 'id;day\n1;03/04/2026\n' },
    'create table visit (id integer primary key, day date)',
  )
  const unreachable = await aJob(app.db)
  const whole = await createExport(app)
  const ids = [1, unreachable.id, whole.id].map((id): [string, string] => ['id', String(id)])
  const page = await pageOf(await app.post('/jobs/commands', [['command', 'start'], ...ids]))
  const told = page.querySelectorAll('#jobs .notice li')
  expect(told.map(textOf)).toEqual([
    expect.stringMatching(/Job 1 was not started: .* at its step "Columns"\. Go to this step$/),
    expect.stringContaining('Job 2: Start pending'),
    expect.stringContaining('Job 3: Start pending'),
  ])
  expect(told[0]?.querySelector('a')?.getAttributeValue('href')).toBe(`${EDIT}/columns?open=yes`)
  expect(await requireJob(app.db, 1)).toMatchObject({ status: 'editing' })
  expect(await requireJob(app.db, 2)).toMatchObject({ status: 'start_pending' })
})

async function createExport({ db, folder }: TestApp) {
  const said = parseExportSpecification({ table: 'visit', path: path.join(folder, 'out.csv') })
  return await createJob(db, exportJob(said, {}), { now: NOON, actor: OPERATOR })
}
