import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openRejectsOf } from '../../../src/domain/jobs/job.ts'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { editSpecification } from '../../../src/engine/jobs/edit-specification.ts'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { importJob } from '../../../src/engine/jobs/new-job.ts'
import { urlIn } from '../../support/databases.ts'
import { NOON, OPERATOR } from '../../support/jobs/a-job.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { expectAgreement } from '../../support/jobs/verified.ts'
import { aJobOf, specificationOf } from '../../support/pages/an-assistant.ts'
import { OWN, type TestApp } from '../../support/pages/app.ts'
import { pageOf, textOf, textsOf } from '../../support/pages/html.ts'
import { tallyman } from '../../support/programs/in-process.ts'

/** In three dialects, with lines that hold no record, and a record of two lines. */
const FILES = {
  'a.csv': 'id;name;age\n1;"Ana\nB";30\n2;Bo;x\n3;Cy;x\n',
  'b.csv': Buffer.from('age,id,name\n\nmany,4,Jos\xe9\n50,5,Eva\nmany,6,Ida\n', 'latin1'),
  'c.csv': 'name\tid\tage\nGus\t7\told\nonly\ttwo\n',
}

const REPAIR = '/jobs/1/rejects/repair'
const AGE = { code: 'TLY-3001', field: 'age' }
const GRID = `${REPAIR}?${new URLSearchParams(AGE)}`

/** Where each record stands that does not fit: its number, file and line. */
const PLACES = [
  [2, 'a.csv', 4],
  [3, 'a.csv', 5],
  [4, 'b.csv', 3],
  [6, 'b.csv', 5],
  [7, 'c.csv', 2],
  [8, 'c.csv', 3],
] as const

type Place = (typeof PLACES)[number]

async function aFaultyJob(): Promise<TestApp> {
  const app = await aJobOf(
    FILES,
    `create table person (id integer primary key, name text unique, age integer, file text, line integer)`,
  )
  const stamp = (of: 'file' | 'line') => ({ from: { kind: 'stamp' as const, of } })
  const said = await specificationOf(app)
  const fields = { ...said.fields, file: stamp('file'), line: stamp('line') }
  const wanted = importJob(parseImportSpecification({ ...said, fields }), {})
  await editSpecification(app.db, 1, wanted, { now: NOON, actor: OPERATOR })
  await app.post('/jobs/1/start')
  await runWaiting(app.store)
  return app
}

/** What a command says on the database of the console. */
async function said(app: TestApp, ...args: string[]): Promise<string> {
  const TALLYMAN_DATABASE = urlIn(app.folder, 'tallyman.db')
  return (await tallyman(app.folder, args, { TALLYMAN_DATABASE })).out
}

/** Holds that a job says of each record that it rejected where that stands, wherever it tells so. */
async function expectPlaces(app: TestApp, id: number, wanted: Place[]): Promise<void> {
  const rejects = `/jobs/${id}/rejects`
  const list = await pageOf(await app.get(rejects))
  // What is the same for all rejects is told above them, not in a column.
  const names = textsOf(list, '.reject-table thead th')
  const rows = list.querySelectorAll('.reject-table tbody tr').map((row) => textsOf(row, 'td'))
  const shown = ['Origin', 'Record', 'Line'].map((name) => names.indexOf(name))
  expect(
    rows.filter(({ length }) => length > 1).map((cells) => shown.map((at) => cells[at])),
  ).toEqual(wanted.map(([record, file, line]) => [file, String(record), String(line)]))
  for (const [record, file, line] of wanted) {
    const page = await pageOf(await app.get(`${rejects}/${record}`))
    const place = new RegExp(`^Record ${record} ?line ${line}, byte \\d+ of ${file} `)
    expect(textOf(page.querySelector('.reject-record'))).toMatch(place)
  }
  const report = await pageOf(await app.get(`/jobs/${id}/report`))
  const printed = textOf(report.querySelector('main'))
  // It has three examples of each reason.
  for (const [record, file, line] of wanted.slice(0, 3)) {
    expect(printed).toContain(`${record}${file}: ${line}`)
  }

  const told = await said(app, 'jobs', 'rejects', String(id))
  const lines = told.trimEnd().split('\n').slice(1)
  expect(lines.map((one) => /^(\d+) +(\d+) .*?([abc]\.csv): /.exec(one)?.slice(1))).toEqual(
    wanted.map(([record, file, line]) => [String(record), String(line), file]),
  )
  const json = await said(app, 'jobs', 'rejects', String(id), '--json')
  expect(rowsOf(json)).toMatchObject(wanted.map(([record, file, line]) => ({ record, file, line })))

  const there = wanted.map(([record, file, line]) => `${file};${line};${record};`)
  const exported = await (await app.get(`${rejects}/export`)).text()
  expect(exported.trim().split('\n').slice(1)).toEqual(
    there.map((place) => expect.stringContaining(`;${place}`)),
  )
  expect(await said(app, 'jobs', 'rejects', String(id), '--export', '-')).toBe(exported)
  const sheet = await app.get(`${rejects}/export?for=spreadsheet`, { 'accept-language': 'es' })
  expect((await sheet.text()).trim().split(/\r?\n/).slice(1)).toEqual(
    there.map((place) => expect.stringMatching(new RegExp(`^${place}`))),
  )
}

/** Holds the same of what is still open in the first job, on the pages where it is repaired. */
async function expectOpen(app: TestApp, wanted: Place[]): Promise<void> {
  const overview = await pageOf(await app.get(REPAIR))
  const grid = await pageOf(await app.get(GRID))
  const shown = [
    ...textsOf(grid, '.repair-table tbody td[data-name="Line"]'),
    textsOf(overview, '.repair-reasons td').at(-2),
  ]
  expect(shown).toEqual(wanted.map(([, file, line]) => `${file}: ${line}`))
  const open = await said(app, 'jobs', 'rejects', '1', '--open', '--json')
  expect(rowsOf(open)).toMatchObject(wanted.map(([record, file, line]) => ({ record, file, line })))
  expect(openRejectsOf(await requireJob(app.db, 1))).toBe(wanted.length)
}

const rowsOf = (lines: string): unknown[] =>
  lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

/** Corrects what a job rejected, in the file that it exports. */
async function correctByFile(app: TestApp, from: number, correct: (text: string) => string) {
  const text = await (await app.get(`/jobs/${from}/rejects/export`)).text()
  const body = new FormData()
  body.append('file', new Blob([correct(text)]), 'rejects.csv')
  const url = `${REPAIR}/file`
  const answer = await app.ask(url, { method: 'POST', headers: OWN, body })
  await importChecked(app, answer.headers.get('location') ?? '')
}

/** Imports what a page shows as fitting. */
async function importChecked(app: TestApp, url: string, given: Record<string, string> = {}) {
  const page = await pageOf(await app.get(url))
  const checked = page.querySelector('input[name="checked"]')?.getAttributeValue('value') ?? ''
  const form = Object.entries({ ...given, checked, act: 'import' })
  const answer = await app.post(url.startsWith(`${REPAIR}?`) ? REPAIR : url, form)
  expect(answer.status).toBe(303)
}

const at = (...records: number[]) => PLACES.filter(([record]) => records.includes(record))

/** Runs the linked job while others have the names of some of its records. */
async function runBeside(app: TestApp, names: string[]): Promise<void> {
  for (const [at, name] of names.entries()) {
    await sql`insert into person (id, name) values (${100 + at}, ${name})`.execute(app.db)
  }
  await runWaiting(app.store)
  await sql`delete from person where id >= 100`.execute(app.db)
  await expectAgreement(app.store)
}

test('rejects of several files keep their file and line, however often they are rejected again', async () => {
  const app = await aFaultyJob()
  await expectPlaces(app, 1, at(2, 3, 4, 6, 7, 8))

  await correctByFile(app, 1, (text) =>
    text.replaceAll(/;(x|many|old);/g, ';20;').replace('only\ttwo', '8;Hal;80'),
  )
  await runBeside(app, ['Cy', 'José', 'Ida', 'Gus', 'Hal'])
  await expectPlaces(app, 2, at(3, 4, 6, 7, 8))
  await expectOpen(app, at(3, 4, 6, 7, 8))

  await importChecked(app, GRID, AGE)
  await runBeside(app, ['José', 'Gus'])
  await expectPlaces(app, 3, at(4, 7))
  await expectOpen(app, at(4, 7, 8))

  await correctByFile(app, 3, (text) => text.replace('Gus', 'Gustav'))
  await runBeside(app, ['Gustav'])
  await expectPlaces(app, 4, at(7))
  await expectOpen(app, at(7, 8))

  await importChecked(app, GRID, AGE)
  await runBeside(app, [])
  const { rows } = await sql`select name, file, line from person order by id`.execute(app.db)
  expect(rows.map((row) => Object.values(Object(row)))).toEqual([
    ['Ana\nB', 'a.csv', 2],
    ['Bo', 'a.csv', 4],
    ['Cy', 'a.csv', 5],
    ['José', 'b.csv', 3],
    ['Eva', 'b.csv', 4],
    ['Ida', 'b.csv', 5],
    ['Gustav', 'c.csv', 2],
  ])
})
