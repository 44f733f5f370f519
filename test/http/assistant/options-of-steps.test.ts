import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { SAME_FILE } from '../../../views/forms/job-form.ts'
import {
  MISSING_COLUMNS,
  SURPLUS_COLUMNS,
} from '../../../src/domain/formats/delimited/delimited-options.ts'
import { DOUBLES, DUPLICATES } from '../../../src/domain/specification/specification.ts'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { aJobOf, EDIT, send, specificationOf } from '../../support/pages/an-assistant.ts'
import type { TestApp } from '../../support/pages/app.ts'
import { pageOf, textOf, textsOf } from '../../support/pages/html.ts'

const TABLE = 'create table person (id integer primary key, name text)'
const PREVIEW = '[aria-labelledby="preview-title"] tbody tr'
const USUAL = {
  file: SAME_FILE,
  header: 'yes',
  multiline: 'yes',
  missingColumns: 'reject',
  surplusColumns: 'reject',
}

const readingOf = async (app: TestApp, query = '') =>
  await pageOf(await app.get(`${EDIT}/file${query}`))

describe('"It is read otherwise" takes', () => {
  test.each<[string, string, Record<string, string>, unknown[]]>([
    ['a quote', "id,name\n1,'a,b'\n", { quote: "'" }, ['a,b']],
    ['an escape', 'id,name\n1,"a\\"b"\n', { escape: 'backslash' }, ['a"b']],
    ['a record end', 'id,name|1,a|2,b|', { recordEnd: '|' }, ['a', 'b']],
    ['a mark of comments', 'id,name\n#x\n1,a\n', { comment: '#' }, ['a']],
    ['words for nothing', 'id,name\n1,n/d\n', { nulls: 'n/d' }, [null]],
    ['blanks to be cut off', 'id,name\n1,  a \n', { trim: 'yes' }, ['a']],
    [
      'delimiters in a row',
      'id name\n1   a\n',
      { delimiter: 'space', mergeDelimiters: 'yes' },
      ['a'],
    ],
    ['records of one line', 'id,name\n1,"a\n2,b\n', { multiline: '' }, ['b']],
    ['missing columns', 'id,name\n1\n', { missingColumns: 'empty' }, [null]],
    ['surplus columns', 'id,name\n1,a,b\n', { surplusColumns: 'ignore' }, ['a']],
  ])('%s', async (_, content, answers, expected) => {
    const app = await aJobOf({ 'person.csv': content }, TABLE)
    await send(app, `${EDIT}/file`, { ...USUAL, ...answers, act: 'again' })
    const shown = await readingOf(app)
    const wrong = shown.querySelectorAll('.fault-cell').length
    expect(shown.querySelectorAll(PREVIEW)).toHaveLength(expected.length + wrong)
    await send(app, `${EDIT}/try`, { act: 'start' })
    await runWaiting(app.store)
    const { rows } = await sql<{ name: unknown }>`select name from person order by id`.execute(
      app.db,
    )
    expect(rows.map(({ name }) => name)).toEqual(expected)
  })

  test('every way with missing and surplus columns', async () => {
    const app = await aJobOf({ 'person.csv': 'id,name\n1,a\n' }, TABLE)
    for (const missingColumns of MISSING_COLUMNS) {
      for (const surplusColumns of SURPLUS_COLUMNS) {
        await send(app, `${EDIT}/file`, { ...USUAL, missingColumns, surplusColumns, act: 'again' })
        expect(await specificationOf(app)).toMatchObject({ missingColumns, surplusColumns })
      }
    }
  })
})

test('a long file is shown by its first 200 records, checked in its first 1,000, and its length is an estimate', async () => {
  const line = (at: number) => `${String(at).padStart(7, '0')},${'x'.repeat(91)}\n`
  const lines = Array.from({ length: 60_000 }, (_, at) => line(at))
  const app = await aJobOf({ 'person.csv': `id,name\n${lines.join('')}` }, TABLE)
  const page = await readingOf(app, '?records=200')
  expect(page.querySelectorAll(PREVIEW)).toHaveLength(200)
  const [, told = ''] =
    /([\d,]+) records or so/.exec(textOf(page.querySelector('.found-line'))) ?? []
  expect(Math.abs(Number(told.replace(',', '')) - 60_000)).toBeLessThan(3_000)
  const columns = await pageOf(await app.get(`${EDIT}/columns`))
  expect(textsOf(columns, '.column-table th')).toContain('Checked in the first 1,000')
})

test('the rules take doubles, duplicates, the limit of a wrong file and the trace', async () => {
  const app = await aJobOf({ 'person.csv': 'id,name\n1,a\n' }, TABLE)
  for (const doubles of DOUBLES) {
    for (const duplicates of DUPLICATES) {
      const answers = { operation: 'insert', doubles, duplicates, trace: 'yes', act: 'next' }
      const limit = { stopIfAllRejected: 'yes' }
      expect((await send(app, `${EDIT}/rules`, { ...answers, ...limit })).status).toBe(303)
      expect(await specificationOf(app)).toMatchObject({
        doubles,
        duplicates,
        trace: true,
        stopIfAllRejected: true,
      })
    }
  }
  await send(app, `${EDIT}/rules`, { operation: 'insert', act: 'next' })
  expect(await specificationOf(app)).toMatchObject({ trace: false, stopIfAllRejected: false })
})

test('a trial says why records would be rejected, and of how many', async () => {
  const app = await aJobOf({ 'person.csv': 'id,name\n1,a\nx,b\ny,c\n1,d\n' }, TABLE)
  await send(app, `${EDIT}/rules`, { operation: 'insert', doubles: 'reject', act: 'next' })
  await send(app, `${EDIT}/try`, { act: 'try_all' })
  await runWaiting(app.store)
  const page = await pageOf(await app.get(`${EDIT}/try`))
  expect(textsOf(page, '#trial .reasons li')).toEqual([
    expect.stringMatching(/^2 TLY-3001 id /),
    expect.stringMatching(/^1 TLY-3007 /),
  ])
})

test('stamps write the job, the file, the line, the record, the operator and the time of the run', async () => {
  const stamps = ['job', 'file', 'line', 'record', 'operator', 'time']
  const columns = stamps.map((name) => `${name}_ text`).join(', ')
  const app = await aJobOf(
    { 'person.csv': 'id,name\n# no record\n7,a\n' },
    `create table person (id integer primary key, name text, ${columns})`,
  )
  await send(app, `${EDIT}/file`, { ...USUAL, comment: '#', act: 'next' })
  const made = stamps.flatMap((of, at) => [
    [`made-${at}`, `${of}_`],
    [`from-${at}`, of],
  ])
  await send(app, `${EDIT}/columns`, {
    'field-0': 'id',
    'field-1': 'name',
    'key-0': 'yes',
    act: 'next',
    ...Object.fromEntries(made),
  })
  await send(app, `${EDIT}/try`, { act: 'start' })
  await runWaiting(app.store)
  const { rows } = await sql<Record<string, string>>`select * from person`.execute(app.db)
  const job = await requireJob(app.db, 1)
  expect(rows).toEqual([
    {
      id: 7,
      name: 'a',
      job_: '1',
      file_: 'person.csv',
      line_: '3',
      record_: '1',
      operator_: 'ana',
      time_: job.started_at,
    },
  ])
})
