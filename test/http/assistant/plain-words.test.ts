import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { aJobOf, EDIT, specificationOf } from '../../support/pages/an-assistant.ts'
import { anApp } from '../../support/pages/app.ts'
import { exportBySteps, sendStep } from '../../support/pages/fill-form.ts'
import { decoded, pageOf, textOf } from '../../support/pages/html.ts'

async function aShop() {
  const app = await anApp()
  await sql`create table goods (id integer primary key, name text)`.execute(app.db)
  await sql`insert into goods values (1, 'Café')`.execute(app.db)
  return app
}

test('a refused step names a file without the folder of the server', async () => {
  const app = await aJobOf({ 'people.csv': 'id;name\n1;Ann\n' })
  const { path: file } = await specificationOf(app)
  rmSync(file)
  for (const step of ['file', 'columns', 'try']) {
    const sent = await sendStep(app, `${EDIT}/${step}`, { act: 'save' })
    const shown = sent.status === 422 ? sent : await app.get(`${EDIT}/${step}?open=yes`)
    const told = textOf((await pageOf(shown, shown.status)).querySelector('main [role="alert"]'))
    expect([step, told]).toEqual([step, expect.stringContaining('people.csv')])
    expect(told).not.toContain(path.dirname(file))
  }
})

test.each(['utf-8', 'utf-16le', 'windows-1252'])(
  'the preview of an export in %s shows its texts, and no byte order mark',
  async (encoding) => {
    const app = await aShop()
    const bom = encoding === 'windows-1252' ? {} : { bom: 'yes' }
    await exportBySteps(app, 'goods', { output: { encoding, ...bom } })
    const page = await pageOf(await app.get('/jobs/1/edit/output?preview=yes'))
    const [file] = page.querySelectorAll('#preview pre')
    expect(decoded(file?.textContent ?? '')).toBe('id,name\n1,Café\n')
  },
)

test('what only a script does is promised by the script alone', async () => {
  const app = await anApp()
  const page = await pageOf(await app.get('/jobs/new/import'))
  expect(textOf(page.querySelector('#upload-hint'))).not.toContain('interrupted')
  const words = page.querySelector('#upload-resumes')?.getAttributeValue('data-text')
  expect(words).toContain('interrupted')
  expect(readFileSync('public/upload.js', 'utf8')).toContain("getElementById('upload-resumes')")
})

test('to run an export of changes again says that only these are written', async () => {
  const app = await aShop()
  const asked = async (id: number) =>
    textOf((await pageOf(await app.get(`/jobs/${id}/run-again`))).querySelector('main'))
  await exportBySteps(app, 'goods', { rows: { differential: 'id' }, start: { act: 'start' } })
  await runWaiting(app.store)
  expect(await asked(1)).toContain('is written into the file')
  await app.post('/jobs/1/template', [['name', 'Nightly']])
  expect(await asked(1)).toContain('Only what changed in the table goods since')
})
