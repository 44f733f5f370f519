import { expect, test } from 'vitest'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { editSpecification } from '../../../src/engine/jobs/edit-specification.ts'
import { importJob } from '../../../src/engine/jobs/new-job.ts'
import { NOON, OPERATOR } from '../../support/jobs/a-job.ts'
import { aJobOf, EDIT, specificationOf } from '../../support/pages/an-assistant.ts'
import { filledIn, sendStep } from '../../support/pages/fill-form.ts'
import { pageOf, textOf } from '../../support/pages/html.ts'

const TABLE = 'create table person (id integer primary key, name text)'
const FILE = { 'person.csv': 'id;name\n1;Ann\n' }
const COLUMNS = `${EDIT}/columns`

test('changes are moved up and down by buttons, with what was typed elsewhere', async () => {
  const app = await aJobOf(FILE, TABLE)
  const changes = {
    'change-1-1': 'trim',
    'change-1-2': 'replace',
    'first-1-2': 'a',
    'second-1-2': 'b',
    'change-1-3': 'upper',
  }
  await sendStep(app, COLUMNS, { ...changes, act: 'save' })
  const kinds = async () =>
    (await specificationOf(app)).fields['name']?.transforms.map(({ kind }) => kind)
  const press = async (label: string) => {
    const page = await pageOf(await app.get(COLUMNS))
    const button = page
      .querySelectorAll('button[name="move"]')
      .find((one) => one.getAttributeValue('aria-label') === label)
    const action = `${COLUMNS}${button?.getAttributeValue('formaction') ?? ''}`
    const sent = filledIn(page.querySelector('#step-form'))
    const move = button?.getAttributeValue('value') ?? ''
    const answer = await app.post(action, Object.entries({ ...sent, 'sensitive-0': 'yes', move }))
    expect(answer.headers.get('location')).toBe(COLUMNS)
  }
  await press('Move change 2 of name up')
  expect(await kinds()).toEqual(['replace', 'trim', 'upper'])
  await press('Move change 2 of name down')
  expect(await kinds()).toEqual(['replace', 'upper', 'trim'])
  expect((await specificationOf(app)).fields['id']?.sensitive).toBe(true)
  const page = await pageOf(await app.get(COLUMNS))
  expect(page.querySelectorAll('button[name="move"]')).toHaveLength(4)
})

test('a change that is moved and refused is marked where it stands then', async () => {
  const app = await aJobOf(FILE, TABLE)
  const sent = {
    'change-1-1': 'trim',
    'second-1-1': 'x',
    'change-1-2': 'upper',
    move: '1 2 up',
    act: 'again',
  }
  const page = await pageOf(await sendStep(app, COLUMNS, sent), 422)
  expect(textOf(page.querySelector('main [role="alert"]'))).toContain('Change 2 has no use for "x"')
  const marked = page.querySelectorAll('[aria-invalid="true"]')
  expect(
    marked.map((one) => [one.getAttributeValue('id'), one.getAttributeValue('value')]),
  ).toEqual([['second-1-2', 'x']])
})

test('what only a specification can say is taken away by a tick', async () => {
  const app = await aJobOf(FILE, TABLE)
  const said = await specificationOf(app)
  const transforms = [{ kind: 'replace', from: 'a\nb', to: 'c' }]
  const fields = { name: { transforms, checks: [{ kind: 'pattern', pattern: 'a\nb' }] } }
  const made = importJob(parseImportSpecification({ ...said, fields }), { fileName: 'person.csv' })
  await editSpecification(app.db, 1, made, { now: NOON, actor: OPERATOR })
  const page = await pageOf(await app.get(COLUMNS))
  expect(textOf(page.querySelector('#more-field-1'))).toContain('As specified elsewhere')
  await sendStep(app, COLUMNS, { 'drop_transforms-1': 'yes', act: 'save' })
  expect((await specificationOf(app)).fields['name']).toMatchObject({
    transforms: [],
    checks: [{ kind: 'pattern' }],
  })
  await sendStep(app, COLUMNS, { 'drop_checks-1': 'yes', act: 'save' })
  expect((await specificationOf(app)).fields['name']).toBeUndefined()
})
