import { expect, test } from 'vitest'
import { editSpecification } from '../../../src/engine/jobs/edit-specification.ts'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { importJob } from '../../../src/engine/jobs/new-job.ts'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { NOON, OPERATOR } from '../../support/jobs/a-job.ts'
import { aJobOf, EDIT, specificationOf } from '../../support/pages/an-assistant.ts'
import { sendStep } from '../../support/pages/fill-form.ts'
import { pageOf, textOf, textsOf } from '../../support/pages/html.ts'

const TABLE = 'create table person (id integer primary key, name text, city text)'
const COLUMNS = `${EDIT}/columns`

test.each(['\n\nlet a = 1\n\na + 1\n', 'a\r\n  b', 'a\rb', '  x  '])(
  'an expression is shown with all its lines, and kept as it was: %j',
  async (source) => {
    const app = await aJobOf({ 'person.csv': 'id;name\n1;Ann\n' }, TABLE)
    const job = await requireJob(app.db, 1)
    const said = await specificationOf(app)
    const fields = { city: { from: { kind: 'expression', source } } }
    const made = importJob(parseImportSpecification({ ...said, fields }), {
      fileName: job.file_name,
    })
    await editSpecification(app.db, 1, made, { now: NOON, actor: OPERATOR })

    const page = await pageOf(await app.get(COLUMNS))
    expect(page.querySelector('textarea[name="text-0"]')).not.toBeNull()
    await sendStep(app, COLUMNS, { act: 'save' })
    expect((await specificationOf(app)).fields['city']?.from).toEqual({
      kind: 'expression',
      source,
    })
  },
)

test('an expression of several lines can be typed', async () => {
  const app = await aJobOf({ 'person.csv': 'id;name\n1;Ann\n' }, TABLE)
  await sendStep(app, COLUMNS, { 'from-0': 'expression', 'text-0': 'record.name', act: 'save' })
  const source = '\r\nconst n = record.name\r\n  n + n\r\n'
  await sendStep(app, COLUMNS, { 'text-0': source, act: 'save' })
  expect((await specificationOf(app)).fields['city']?.from).toEqual({
    kind: 'expression',
    source: '\nconst n = record.name\n  n + n\n',
  })
})

test('values of any length are shown by their beginning, and so is what is calculated of them', async () => {
  const long = 'y'.repeat(100_000)
  const app = await aJobOf({ 'person.csv': `id;name\n1;${long}\n${long};Bo\n` }, TABLE)
  const calculated = { 'from-0': 'expression', 'text-0': 'record.name + 1', act: 'save' }
  await sendStep(app, COLUMNS, calculated)
  const answer = await app.get(COLUMNS)
  const html = await answer.clone().text()
  expect(html).not.toContain('y'.repeat(200))
  const page = await pageOf(answer)
  const start = `${'y'.repeat(199)}…`
  expect(textsOf(page, '.column-table .examples')).toEqual([
    expect.stringContaining(`1 · ${start}`),
    expect.stringContaining(`${start} · Bo`),
  ])
  expect(textsOf(page, '.misfit-list mark')).toEqual([start])
  expect(textOf(page.querySelector('main'))).toContain(`: ${start} · Bo1`)
})
