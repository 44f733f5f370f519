import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { createJob, requireJob } from '../../../src/engine/jobs/jobs.ts'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { importJob } from '../../../src/engine/jobs/new-job.ts'
import { NOON, OPERATOR } from '../../support/jobs/a-job.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { anApp, type TestApp } from '../../support/pages/app.ts'
import { pageOf, textOf } from '../../support/pages/html.ts'

const FILE = 'id,name,kind,city\n1,Ana,M,es\n2,Bo,X,es\n3,,H,es\n4,Eva,M,fr\n'

const send = (app: TestApp, url: string, answers: Record<string, string>) =>
  app.post(url, Object.entries(answers))

async function aStep() {
  const app = await anApp()
  writeFileSync(path.join(app.folder, 'people.csv'), FILE)
  await sql`create table person (id integer primary key, name text, kind text, city text,
    origin text, who text, born integer)`.execute(app.db)
  const file = `0.${Buffer.from('people.csv').toString('base64url')}`
  await send(app, '/jobs/new/import', { step: 'file', file, header: 'yes', multiline: 'yes' })
  return app
}

const COLUMNS = {
  'field-0': 'id',
  'field-1': 'name',
  'field-2': 'kind',
  'field-3': 'city',
  'key-0': 'yes',
  ...Object.fromEntries([0, 1, 2, 3].map((at) => [`asked-${at}`, 'yes'])),
}
const SAID = {
  ...COLUMNS,
  'required-1': 'yes',
  'sensitive-1': 'yes',
  'enumeration-2': 'M = mujer\r\nH = hombre',
  'otherwise-2': 'reject',
  'made-0': 'origin',
  'from-0': 'template',
  'text-0': '{city}-{id}',
  'made-1': 'who',
  'from-1': 'operator',
}

async function calculatedBy(source: string, field = 'origin') {
  const app = await aStep()
  const file = path.join(app.folder, 'people.csv')
  const fields = { [field]: { from: { kind: 'expression', source } } }
  const asked = { path: file, table: 'person', key: ['id'], fields, leaveOut: ['city'] }
  const job = importJob(parseImportSpecification(asked), {})
  const { id } = await createJob(app.db, job, { now: NOON, actor: OPERATOR })
  const page = await pageOf(await app.get(`/jobs/${id}/edit/columns`))
  return textOf(page.querySelector('.calculated'))
}

describe('a field that an expression calculates', () => {
  test.each([
    [
      'record.name + "/" + record.id',
      'origin',
      /^Calculated for the first 4: Ana\/1 · Bo\/2 · \/3 ✓ all fit$/,
    ],
    [
      'record.name.at(0).toUpperCase()',
      'origin',
      /: A · B · E 1 does not fit: .*TypeError.*\(line 4\)$/,
    ],
    ['"<b>" + String.fromCharCode(27) + "=1"', 'origin', /: <b>␛=1 ✓ all fit$/],
    ['"x" + record.id', 'born', /^Calculated for the first 4 4 do not fit: .*x1.*\(line 2\)/],
    ['record.', 'origin', /^An expression cannot be understood/],
    ['Array.prototype.indexOf.call({length: 4294967295}, 1)', 'origin', /does not end|memory/],
    [
      '(() => { const all = []; for (;;) all.push("x".repeat(1e6)) })()',
      'origin',
      /memory|4 do not fit/,
    ],
  ])('shows for %s what comes of it, in its place', async (source, field, shown) => {
    expect(await calculatedBy(source, field)).toMatch(shown)
  })
})

test('an expression is typed in lines, and must say something', async () => {
  const app = await aStep()
  const typed = { ...SAID, 'from-0': 'expression', 'text-0': 'record.id * 2' }
  await send(app, '/jobs/1/edit/columns', { ...typed, act: 'save' })
  const { specification } = await requireJob(app.db, 1)
  const from = { kind: 'expression', source: 'record.id * 2' }
  expect(specification).toMatchObject({ fields: { origin: { from } } })
  const page = await pageOf(await app.get('/jobs/1/edit/columns'))
  expect(textOf(page.querySelector('textarea[name="text-0"]')).trim()).toBe('record.id * 2')
  expect(textOf(page.querySelector('.calculated'))).toContain('2 · 4 · 6')

  const nothing = { ...SAID, 'from-0': 'expression', 'text-0': ' ' }
  const refused = await send(app, '/jobs/1/edit/columns', { ...nothing, act: 'next' })
  expect(refused.status).toBe(422)
})

test('what was said of fields, and a key that is calculated, outlive the steps', async () => {
  const app = await aStep()
  const from = { kind: 'expression', source: 'record.id' }
  const fields = { id: { from }, name: { sensitive: true } }
  const file = path.join(app.folder, 'people.csv')
  const more = { fields, leaveOut: ['id'], operation: 'update' }
  const asked = { path: file, table: 'person', key: ['id'], ...more }
  const job = importJob(parseImportSpecification(asked), {})
  const { id } = await createJob(app.db, job, { now: NOON, actor: OPERATOR })
  const kept = {
    key: ['id'],
    operation: 'update',
    fields: { id: { from }, name: { sensitive: true } },
  }
  const again = { file: 'same', header: 'yes', multiline: 'yes', act: 'save' }
  await send(app, `/jobs/${id}/edit/file`, again)
  expect((await requireJob(app.db, id)).specification).toMatchObject(kept)
  const columns = { 'field-1': 'name', 'field-2': 'kind', 'field-3': 'city', 'sensitive-1': 'yes' }
  const made = { 'made-0': 'id', 'from-0': 'expression', 'text-0': 'record.id' }
  await send(app, `/jobs/${id}/edit/columns`, { ...columns, ...made, act: 'save' })
  expect((await requireJob(app.db, id)).specification).toMatchObject(kept)
})

test('an expression of several lines is kept, whatever ends of lines a browser sends', async () => {
  const app = await aStep()
  const from = { kind: 'expression', source: 'record.id +\n"x"' }
  const file = path.join(app.folder, 'people.csv')
  const asked = { path: file, table: 'person', key: ['id'], fields: { origin: { from } } }
  const job = importJob(parseImportSpecification(asked), {})
  const { id } = await createJob(app.db, job, { now: NOON, actor: OPERATOR })
  const kept = {
    ...COLUMNS,
    'made-0': 'origin',
    'from-0': 'expression',
    'text-0': 'record.id +\r\n"x"',
  }
  await send(app, `/jobs/${id}/edit/columns`, { ...kept, act: 'save' })
  const { specification } = await requireJob(app.db, id)
  expect(specification).toMatchObject({ fields: { origin: { from } } })
})

describe('the assistant', () => {
  test('asks for checks, lists of values, other sources and records, and the import does so', async () => {
    const app = await aStep()
    await send(app, '/jobs/1/edit/columns', { ...SAID, act: 'next' })
    const rules = {
      operation: 'insert_or_update',
      filterKind: 'all',
      'column-1': 'city',
      'operator-1': 'is',
      'value-1': 'es',
      lastRecord: '4',
    }
    const taken = await send(app, '/jobs/1/edit/rules', { ...rules, act: 'next' })
    expect(taken.headers.get('location')).toBe('/jobs/1/edit/try')
    await send(app, '/jobs/1/edit/try', { act: 'start' })
    await runWaiting(app.store)
    expect(await requireJob(app.db, 1)).toMatchObject({
      counters: { inserted: 1, rejects: 2, ignored: 1 },
    })
    const { rows } = await sql`select * from person`.execute(app.db)
    expect(rows).toEqual([
      { id: 1, name: 'Ana', kind: 'mujer', city: 'es', origin: 'es-1', who: 'ana', born: null },
    ])
  })

  test('shows what was said, opened, and all else folded', async () => {
    const app = await aStep()
    const plain = await pageOf(await app.get('/jobs/1/edit/columns'))
    expect(plain.querySelectorAll('.card details[open]')).toEqual([])
    await send(app, '/jobs/1/edit/columns', { ...SAID, act: 'again' })
    const page = await pageOf(await app.get('/jobs/1/edit/columns'))
    const open = page.querySelectorAll('details[open]').map((one) => one.id)
    expect(open).toEqual([
      'more-fields',
      'more-field-1',
      'checks-1',
      'more-field-2',
      'list-2',
      'more-made',
    ])
    expect(textOf(page.querySelector('#enumeration-2'))).toBe('M = mujer H = hombre')

    await send(app, '/jobs/1/edit/rules', { filterKind: 'any', firstRecord: '2', act: 'again' })
    const rules = await pageOf(await app.get('/jobs/1/edit/rules'))
    expect(rules.querySelector('#more-records')?.hasAttribute('open')).toBe(true)
  })

  test.each([
    ['columns', { ...SAID, 'pattern-1': '(' }, '#pattern-1', '('],
    ['columns', { ...SAID, 'text-0': '{city' }, '[name="text-0"]', '{city'],
    ['rules', { filterKind: 'all', firstRecord: 'x' }, '#field-firstRecord', 'x'],
  ] as const)('keeps what was typed wrong at the step %s, with the reason', async (...given) => {
    const [step, typed, input, text] = given
    const app = await aStep()
    const refused = await send(app, `/jobs/1/edit/${step}`, { ...typed, act: 'next' })
    const page = await pageOf(refused, 422)
    expect(page.querySelector(input)?.getAttributeValue('value')).toBe(text)
    expect(page.querySelector('[role="alert"], .field-error')).not.toBeNull()
  })

  test('says of another field nothing that was said of the one before', async () => {
    const app = await aStep()
    await send(app, '/jobs/1/edit/columns', { ...SAID, act: 'again' })
    await send(app, '/jobs/1/edit/columns', {
      ...SAID,
      'field-1': 'who',
      'made-1': '',
      'was-m1': 'who',
      act: 'again',
    })
    const { specification } = await requireJob(app.db, 1)
    expect(specification.fields).not.toHaveProperty('who')
  })
})
