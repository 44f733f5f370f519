import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { createJob, findJob, requireJob } from '../../../src/engine/jobs/jobs.ts'
import { importJob } from '../../../src/engine/jobs/new-job.ts'
import { NOON, OPERATOR } from '../../support/jobs/a-job.ts'
import { anApp } from '../../support/pages/app.ts'
import { pageOf, textOf, textsOf } from '../../support/pages/html.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'

const SENTENCE =
  /^The same file went into the table person with job 1 already \(.+ 20\d\d.+\), and without a key its rows would be there twice\.$/

/** A console, and a file that went into a table once. */
async function anImported(given: object = {}) {
  const app = await anApp()
  const file = path.join(app.folder, 'people.csv')
  writeFileSync(file, 'id,name\n1,Ana\n2,Bea\n')
  await sql`create table person (id integer, name text)`.execute(app.db)
  const wanted = importJob(parseImportSpecification({ path: file, table: 'person', ...given }), {})
  const by = { now: NOON, actor: OPERATOR }
  const { id } = await createJob(app.db, { ...wanted, status: 'start_pending' }, by)
  await runWaiting(app.store)
  expect(await requireJob(app.db, id)).toMatchObject({ id: 1, counters: { inserted: 2 } })
  const token = `0.${Buffer.from('people.csv').toString('base64url')}`
  const send = (answers: Record<string, string>, headers = {}) =>
    app.post(
      '/jobs/new/import',
      Object.entries({ file: token, table: 'person', header: 'yes', act: 'start', ...answers }),
      { 'sec-fetch-site': 'same-origin', ...headers },
    )
  return { app, file, send }
}

test('the form asks before the same file goes into the same table, and takes a tick for an answer', async () => {
  const { app, send } = await anImported()
  const asked = await pageOf(await send({ label: 'Mine' }), 422)
  expect(textOf(asked.querySelector('#error-again'))).toMatch(SENTENCE)
  expect(textOf(asked.querySelector('label[for="field-again"]'))).toBe('Import it again')
  expect(asked.querySelector('#field-again')?.getAttributeValue('type')).toBe('checkbox')
  expect(asked.querySelector('#field-label')?.getAttributeValue('value')).toBe('Mine')
  expect(await findJob(app.db, 2)).toBeUndefined()

  expect((await send({ again: 'yes' })).status).toBe(303)
  expect(await requireJob(app.db, 2)).toMatchObject({ status: 'start_pending' })
})

test('the tick stays where something else is refused, and is not there without the question', async () => {
  const { app, send } = await anImported()
  const refused = await pageOf(await send({ again: 'yes', maxRejects: 'many' }), 422)
  expect(refused.querySelector('#field-again')?.hasAttribute('checked')).toBe(true)
  const form = await pageOf(await app.get('/jobs/new/import?form=whole'))
  expect(form.querySelector('#field-again')).toBeNull()
})

test('nothing is asked before all else is in order', async () => {
  const { send } = await anImported()
  const refused = await pageOf(await send({ label: 'x'.repeat(201) }), 422)
  expect(refused.querySelector('#field-again')).toBeNull()
  expect(refused.querySelector('#error-label')).not.toBeNull()
})

test('the form asks in Spanish', async () => {
  const { send } = await anImported()
  const asked = await pageOf(await send({}, { 'accept-language': 'es' }), 422)
  expect(textOf(asked.querySelector('#error-again'))).toMatch(
    /^El mismo archivo ya entró en la tabla person con el trabajo 1 \(.+\), y sin clave /,
  )
  expect(textOf(asked.querySelector('label[for="field-again"]'))).toBe('Importarlo otra vez')
})

test('with a key nothing is asked', async () => {
  const { send } = await anImported()
  expect((await send({ key: 'id' })).status).toBe(303)
})

test('a job is run again after a question, where its rows would be there twice', async () => {
  const { app } = await anImported()
  const asked = await pageOf(await app.post('/jobs/1/run-again'), 409)
  expect(textsOf(asked, 'h1')).toEqual(['Run job 1 again?'])
  expect(textOf(asked.querySelector('#why'))).toMatch(SENTENCE)
  expect(asked.querySelector('form.job-form')?.getAttributeValue('action')).toBe(
    '/jobs/1/run-again',
  )
  const answer = asked.querySelector('#button-sure')
  expect([answer?.getAttributeValue('name'), answer?.getAttributeValue('value')]).toEqual([
    'again',
    'yes',
  ])
  expect(await findJob(app.db, 2)).toBeUndefined()

  const again = await app.post('/jobs/1/run-again', [['again', 'yes']])
  expect([again.status, again.headers.get('location')]).toEqual([303, '/jobs/2'])
})

test('a job with a key, or whose file is another one by now, runs again at once', async () => {
  const keyed = await anImported({ key: ['id'] })
  expect((await keyed.app.post('/jobs/1/run-again')).status).toBe(303)

  const changed = await anImported()
  writeFileSync(changed.file, 'id,name\n3,Cid\n4,Dee\n')
  expect((await changed.app.post('/jobs/1/run-again')).status).toBe(303)
  // That one is not over: what is refused is refused, and not asked about.
  const refused = await pageOf(await changed.app.post('/jobs/2/run-again'), 409)
  expect(refused.querySelector('#why')).toBeNull()
})
