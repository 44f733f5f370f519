import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { createJob, requireJob } from '../../../src/engine/jobs/jobs.ts'
import { importJob } from '../../../src/engine/jobs/new-job.ts'
import { NOON, OPERATOR } from '../../support/jobs/a-job.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { anApp, type TestApp } from '../../support/pages/app.ts'
import { filledIn, sendStep } from '../../support/pages/fill-form.ts'
import { pageOf } from '../../support/pages/html.ts'

const FILE = 'Code;Full name;Born\n a-1 ;  ana   pérez ;31/12/1990\n b-2;eva gil;1/2/2000\n c-3;;\n'
const COLUMNS = '/jobs/1/edit/columns'

/** A job of such a file at the columns step. */
async function aStep(given: Record<string, unknown>, text = FILE) {
  const app = await anApp()
  const file = path.join(app.folder, 'people.csv')
  writeFileSync(file, text)
  await sql`create table person (code text primary key, full_name text, born text, origin text)`.execute(
    app.db,
  )
  const specification = parseImportSpecification({ path: file, table: 'person', ...given })
  await createJob(app.db, importJob(specification, {}), { now: NOON, actor: OPERATOR })
  return app
}

async function specificationOf(app: TestApp) {
  const { specification } = await requireJob(app.db, 1)
  return specification
}

/** Leads the job from the columns step on, and runs it. */
async function finish(app: TestApp, changes: Record<string, string | null> = {}) {
  const next = await sendStep(app, COLUMNS, { ...changes, act: 'next' })
  expect(next.headers.get('location')).toBe('/jobs/1/edit/rules')
  await app.post('/jobs/1/edit/try', [['act', 'start']])
  await runWaiting(app.store)
  return await requireJob(app.db, 1)
}

test('a column that fills nothing can be said to be sensitive, and stays so where it fills a field', async () => {
  const app = await aStep({ map: { Code: 'code', Born: 'born' }, leaveOut: ['Full name'] })
  await sendStep(app, COLUMNS, { 'secret-1': 'yes', act: 'next' })
  expect(await specificationOf(app)).toMatchObject({
    leaveOut: ['Full name'],
    sensitiveColumns: ['Full name'],
  })
  await sendStep(app, COLUMNS, { 'field-1': 'full_name', act: 'next' })
  expect(await specificationOf(app)).toMatchObject({ sensitiveColumns: ['Full name'] })
  await sendStep(app, COLUMNS, { act: 'next' })
  expect(await specificationOf(app)).toMatchObject({
    sensitiveColumns: [],
    fields: { full_name: { sensitive: true } },
  })
})

describe('changes of a text', () => {
  const CHANGES = {
    'change-0-1': 'trim',
    'change-0-2': 'replace',
    'first-0-2': '-',
    'second-0-2': ' ',
    'change-0-3': 'upper',
    'change-1-1': 'collapse',
    'change-1-2': 'trim',
    'change-1-3': '',
  }

  test('are several in an order, survive Back and Next, and are made so', async () => {
    const app = await aStep({ key: ['code'] })
    const back = await sendStep(app, COLUMNS, { ...CHANGES, act: 'back' })
    expect(back.headers.get('location')).toBe('/jobs/1/edit/file')
    // Each row that was filled leaves two more.
    const page = await pageOf(await app.get(COLUMNS))
    const last = page
      .querySelectorAll('select')
      .findLast(({ attributes }) =>
        attributes.some(
          ({ key, value }) => key === 'name' && String(value).startsWith('change-0-'),
        ),
      )
    expect(last?.getAttributeValue('name')).toBe('change-0-5')
    const more = { 'change-1-3': 'capitalise', 'first-1-3': 'es' }
    const atLast = { 'change-1-4': 'pad_end', 'first-1-4': '12', 'second-1-4': '.' }
    await finish(app, { ...more, ...atLast })
    expect((await specificationOf(app)).fields).toMatchObject({
      code: { transforms: [{ kind: 'trim' }, { kind: 'replace', to: ' ' }, { kind: 'upper' }] },
      full_name: {
        transforms: [
          { kind: 'collapse' },
          { kind: 'trim' },
          { kind: 'capitalise', locale: 'es' },
          { kind: 'pad', length: 12, side: 'end', with: '.' },
        ],
      },
    })
    const { rows } = await sql`select code, full_name from person order by code`.execute(app.db)
    expect(rows).toEqual([
      { code: 'A 1', full_name: 'Ana Pérez...' },
      { code: 'B 2', full_name: 'Eva Gil.....' },
      { code: 'C 3', full_name: null },
    ])
  })

  test('that miss something are refused, and shown as they were typed', async () => {
    const app = await aStep({ key: ['code'] })
    const wrong = { 'change-0-1': 'pad_start', 'first-0-1': 'wide', 'second-0-1': '0' }
    const refused = await pageOf(await sendStep(app, COLUMNS, { ...wrong, act: 'next' }), 422)
    expect(refused.querySelector('[name="first-0-1"]')?.getAttributeValue('value')).toBe('wide')
    expect(refused.querySelector('[role="alert"]')).not.toBeNull()
    expect((await specificationOf(app)).fields).toEqual({})
  })
})

test('each check of a field has a policy of its own', async () => {
  const app = await aStep({ key: ['code'] })
  const checks = {
    'required-1': 'yes',
    'policy_required-1': 'warn',
    'pattern-1': '[a-z ]+',
    'policy_pattern-1': 'reject',
  }
  const job = await finish(app, checks)
  expect((await specificationOf(app)).fields).toMatchObject({
    full_name: {
      checks: [
        { kind: 'required', policy: 'warn' },
        { kind: 'pattern', policy: 'reject' },
      ],
    },
  })
  expect(job).toMatchObject({ counters: { inserted: 2, rejects: 1, warnings: 1 } })
})

describe('a new table', () => {
  const NEW = { table: 'fresh', create: true, map: { Code: 'code' } }
  const MADE = {
    'made-0': 'first',
    'from-0': 'template',
    'text-0': '{Full name}',
    'change-m0-1': 'trim',
    'change-m0-2': 'split',
    'first-m0-2': ' ',
    'second-m0-2': '1',
    'made-1': 'number',
    'from-1': 'expression',
    'text-1': 'record.Code.trim().slice(2)',
    'type-m1': 'integer',
    'key-m1': 'yes',
  }

  test('takes fields that no column fills, with changes, a type and the tick of the key', async () => {
    const app = await aStep({ ...NEW, leaveOut: ['Full name'] })
    await sendStep(app, COLUMNS, { ...MADE, act: 'save' })
    const more = { 'made-2': 'who', 'from-2': 'operator', 'sensitive-m2': 'yes' }
    const job = await finish(app, { ...more, 'format-2': 'dmy', 'type-2': 'date' })
    expect(job).toMatchObject({ counters: { inserted: 3 } })
    expect(await specificationOf(app)).toMatchObject({
      key: ['number'],
      operation: 'insert_or_update',
      types: { number: 'integer', Born: 'date' },
      fields: { who: { from: { kind: 'stamp', of: 'operator' }, sensitive: true } },
    })
    const made = await app.store.tables.describe(app.db, 'fresh')
    expect(made?.primaryKey).toEqual(['number'])
    const { rows } = await sql`select code, "first", number, who from fresh`.execute(app.db)
    expect(rows).toContainEqual({ code: ' a-1 ', first: 'ana', number: 1, who: OPERATOR })
  })

  test('keeps what was said of a field whose name is changed, and loses it with the name', async () => {
    const app = await aStep({ ...NEW, leaveOut: ['Full name'], key: ['code'] })
    await sendStep(app, COLUMNS, { ...MADE, 'change-0-1': 'trim', 'type-0': 'text', act: 'save' })
    const renamed = { 'field-0': 'key_of_file', 'made-0': 'given_name', act: 'save' }
    await sendStep(app, COLUMNS, renamed)
    const specification = await specificationOf(app)
    expect(specification).toMatchObject({
      key: ['key_of_file', 'number'],
      map: { Code: 'key_of_file' },
      fields: {
        key_of_file: { transforms: [{ kind: 'trim' }] },
        given_name: { transforms: [{ kind: 'trim' }, { kind: 'split', part: 1 }] },
      },
    })
    expect(Object.keys(specification.fields)).toHaveLength(3)
    await sendStep(app, COLUMNS, { 'made-0': '', act: 'save' })
    expect(Object.keys((await specificationOf(app)).fields)).toHaveLength(2)
  })

  test('keeps the types that its values suggest as no choice of anybody', async () => {
    const text = 'id;ref\n1;0b0f7a4e-3c55-4f0e-9a1c-1f2e3d4c5b6a\n'
    const app = await aStep({ table: 'fresh', create: true }, text)
    await sendStep(app, COLUMNS, { act: 'save' })
    expect(await specificationOf(app)).toMatchObject({ types: {} })
  })
})

test('a form that is refused is shown as it was sent, columns and all', async () => {
  const app = await aStep({ key: ['code'] })
  const sent = { 'field-1': 'origin', 'key-0': null, 'key-1': 'yes', 'error-1': 'stop' }
  const made = { 'from-0': 'fixed', 'text-0': 'x', 'key-m0': 'yes', 'error-m0': 'warn' }
  const wrong = { 'pattern-0': '(', 'policy_pattern-0': 'warn' }
  const all = { ...sent, ...made, ...wrong, act: 'next' }
  const page = await pageOf(await sendStep(app, COLUMNS, all), 422)
  const filled = filledIn(page.querySelector('#step-form'))
  for (const [name, value] of Object.entries(all)) {
    if (name !== 'act') expect([name, filled[name]]).toEqual([name, value ?? undefined])
  }
})

test('a key is ticked for a field that no column fills, and unticked again', async () => {
  const app = await aStep({ leaveOut: ['Born'] })
  const origin = { 'from-1': 'template', 'text-1': '{Code}/{Born}' }
  await sendStep(app, COLUMNS, { ...origin, 'key-m1': 'yes', act: 'save' })
  expect(await specificationOf(app)).toMatchObject({
    key: ['origin'],
    fields: { origin: { from: { kind: 'template' } } },
  })
  await sendStep(app, COLUMNS, { 'key-m1': null, act: 'save' })
  expect(await specificationOf(app)).toMatchObject({ key: [], operation: 'insert' })
})

test('names of fields in another spelling are those of the table', async () => {
  const fields = {
    'Full Name': { sensitive: true },
    ORIGIN: { from: { kind: 'fixed', text: 'x' } },
  }
  const app = await aStep({ key: ['CODE', 'Origin'], secondKey: ['BORN'], fields })
  await sendStep(app, COLUMNS, { act: 'save' })
  const specification = await specificationOf(app)
  expect(specification).toMatchObject({ key: ['code', 'origin'], secondKey: ['born'] })
  expect(Object.keys(specification.fields).toSorted()).toEqual(['full_name', 'origin'])
})

describe('where the file is read otherwise', () => {
  const DATES = 'Code;Full name;Born\na;Ana;31/12/1990\nb;Eva;15/2/2000\n'
  const AGAIN = { columns: 'Code, Full name, Day', skip: '1', act: 'again' }

  async function aGuess() {
    const app = await aStep({ key: ['code'] }, DATES)
    await sql`create table visit (code text primary key, full_name text, born date)`.execute(app.db)
    await sendStep(app, COLUMNS, { table: 'visit', act: 'again' })
    expect((await specificationOf(app)).fields).toMatchObject({
      born: { format: { kind: 'date', order: 'dmy' } },
    })
    return app
  }

  test('what was guessed is guessed anew, and what was said beside it stays', async () => {
    const app = await aGuess()
    const said = { 'field-1': '', 'sensitive-2': 'yes', 'change-0-1': 'trim' }
    await sendStep(app, COLUMNS, { ...said, act: 'save' })
    await sendStep(app, '/jobs/1/edit/file', AGAIN)
    expect(await specificationOf(app)).toMatchObject({
      leaveOut: ['Full name'],
      fields: {
        code: { transforms: [{ kind: 'trim' }] },
        // No column fills the field now, so that nothing is guessed of its values.
        born: { format: null, sensitive: true },
      },
    })
    await sendStep(app, '/jobs/1/edit/file', { ...AGAIN, columns: '', skip: '' })
    expect(await specificationOf(app)).toMatchObject({
      map: { Code: 'code' },
      leaveOut: ['Full name'],
      fields: { born: { format: { kind: 'date', order: 'dmy' }, sensitive: true } },
    })
  })

  test('a guess that was taken back stays so', async () => {
    const app = await aGuess()
    await sendStep(app, COLUMNS, { 'format-2': '', act: 'save' })
    await sendStep(app, '/jobs/1/edit/file', { act: 'next' })
    expect((await specificationOf(app)).fields).toEqual({})
  })
})
