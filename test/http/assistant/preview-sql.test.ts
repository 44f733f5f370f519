import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { byDatabase } from '../../support/databases.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { anApp, type TestApp } from '../../support/pages/app.ts'
import { exportBySteps, sendStep } from '../../support/pages/fill-form.ts'
import { decoded, pageOf } from '../../support/pages/html.ts'

/** The ids of the rows that the file shows, and those that the shown statement reads. */
async function previewed(app: TestApp, id: number) {
  const page = await pageOf(await app.get(`/jobs/${id}/edit/output?preview=yes`))
  const [file = '', statement = ''] = page
    .querySelectorAll('#preview pre')
    .map((one) => decoded(one.textContent))
  const { rows } = await sql.raw<{ id: number }>(statement).execute(app.db)
  const [, ...lines] = file.trimEnd().split('\n')
  return {
    statement,
    shown: lines.map((line) => Number(line.split(',')[0])),
    read: rows.map((row) => Number(row.id)),
  }
}

/** A table that needs quotes, in a schema of its own where there are schemas. */
async function aTable(app: TestApp): Promise<string> {
  const schemas = byDatabase({
    SQLite: [],
    // A schema outlives the emptied tables of the test before.
    PostgreSQL: ['drop schema if exists "Other place" cascade', 'create schema "Other place"'],
  })
  for (const statement of schemas) await sql.raw(statement).execute(app.db)
  const name = byDatabase({ SQLite: '"odd ""name"', PostgreSQL: '"Other place"."odd ""name"' })
  await sql
    .raw(`create table ${name} (id integer primary key, note text, day date, done boolean)`)
    .execute(app.db)
  await sql
    .raw(
      `insert into ${name} values (1, 'it''s', '2026-01-31', true), (2, 'a\\b', '2026-02-01', false),
      (3, null, '2026-03-01', true)`,
    )
    .execute(app.db)
  return byDatabase({ SQLite: 'odd "name', PostgreSQL: name })
}

test.each([
  ['note', 'is', "it's", [1]],
  ['note', 'contains', '\\', [2]],
  ['note', 'is_not', "it's", [2, 3]],
  ['day', 'at_least', '2026-02-01', [2, 3]],
  ['done', 'is', 'true', [1, 3]],
])(
  'the statement of a preview reads what the file shows: %s %s %s',
  async (field, operator, value, ids) => {
    const app = await anApp()
    const table = await aTable(app)
    const rows = { 'field-1-1': field, 'operator-1-1': operator, 'value-1-1': value }
    const made = await sendStep(app, '/jobs/new/export', { otherTable: table })
    expect(made.status).toBe(303)
    await sendStep(app, '/jobs/1/edit/rows', { ...rows, 'sort-1': 'id', act: 'next' })
    expect(await previewed(app, 1)).toMatchObject({ shown: ids, read: ids })
  },
)

test('the statement of an export of changes reads what changed', async () => {
  const app = await anApp()
  await sql`create table visit (id integer primary key, at timestamp)`.execute(app.db)
  await sql`insert into visit values (1, '2026-01-31 10:00:00')`.execute(app.db)
  const rows = { differential: 'at', 'field-1-1': 'id', 'operator-1-1': 'more', 'value-1-1': '0' }
  await exportBySteps(app, 'visit', { rows, start: { act: 'start' } })
  await runWaiting(app.store)
  await app.post('/jobs/1/template', [['name', 'Nightly']])
  await sql`insert into visit values (2, '2026-02-01 10:00:00')`.execute(app.db)
  await sendStep(app, '/jobs/new/export?template=1', {})
  const { statement, ...found } = await previewed(app, 2)
  expect(found).toEqual({ shown: [2], read: [2] })
  expect(statement).toContain('"id" > 0')
})
