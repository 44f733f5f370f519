import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { anApp, type TestApp } from '../../support/pages/app.ts'
import { parse, textOf } from '../../support/pages/html.ts'
import { tmpDir } from '../../support/tmp.ts'

const LINES = '{"id":1,"name":"Ann"}\n{"id":2}\n'

async function aConsole(...files: string[]) {
  const inbox = tmpDir()
  for (const file of files) writeFileSync(path.join(inbox, file), LINES)
  const app = await anApp({ inboxes: [inbox] })
  await sql`create table person (id integer primary key, name text not null)`.execute(app.store.db)
  return app
}

function send(app: TestApp, answers: Record<string, string>) {
  const form = { header: 'yes', act: 'start', ...answers }
  return app.post('/jobs/new/import', Object.entries(form))
}

async function madeBy(app: TestApp, response: Response) {
  expect(response.status).toBe(303)
  const id = Number(/\/jobs\/(\d+)$/.exec(response.headers.get('location') ?? '')?.[1])
  return await requireJob(app.db, id)
}

const token = (name: string) => `0.${Buffer.from(name).toString('base64url')}`

test.each([
  ['a.jsonl', ''],
  ['a.txt', 'json_lines'],
  ['a.data', ''],
])('the form of the console takes %s with the format "%s"', async (name, format) => {
  const app = await aConsole(name)
  const job = await madeBy(
    app,
    await send(app, { file: token(name), table: 'person', key: 'id', format }),
  )
  await runWaiting(app.store)
  const { counters } = await requireJob(app.db, job.id)
  expect(counters).toMatchObject({ processed: 2, inserted: 1, rejects: 1 })

  const page = parse(await (await app.get(`/jobs/${job.id}`)).text())
  expect(textOf(page)).toContain('JSON Lines')
  const reject = await app.get(`/jobs/${job.id}/rejects/2`)
  expect(textOf(parse(await reject.text()))).toContain('{"id":2}')
  const file = await app.get(`/jobs/${job.id}/rejects/export`)
  expect(file.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8')
  expect(JSON.parse(await file.text())).toMatchObject({
    id: 2,
    reject_record: 2,
    reject_field: 'name',
  })
})
