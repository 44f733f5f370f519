import type { HtmlElement } from 'html-validate'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { fieldOptions } from '../../../src/domain/specification/fields/field-options.ts'
import { listRejectKinds } from '../../../src/engine/rejects/reject-kinds.ts'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { openRejectsOf } from '../../../src/domain/jobs/job.ts'
import { setAside } from '../../../src/engine/repair/set-aside.ts'
import { aJob, NOON } from '../../support/jobs/a-job.ts'
import { aFaultyImport, repair } from '../../support/jobs/a-repair.ts'
import { anApp, type TestApp } from '../../support/pages/app.ts'
import { pageOf, textOf, textsOf } from '../../support/pages/html.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { expectAgreement } from '../../support/jobs/verified.ts'

const AGE = { code: 'TLY-3001', field: 'age' }
const reasonOf = (id: number, given: Record<string, string> = AGE) =>
  `/jobs/${id}/rejects/repair?${new URLSearchParams(given)}`

async function send(app: TestApp, id: number, form: Record<string, string>) {
  return await app.post(`/jobs/${id}/rejects/repair`, Object.entries(form))
}

/** The form of the page of a reason, to import what it shows as fitting. */
async function importForm(app: TestApp, id: number, given: Record<string, string>) {
  const page = await pageOf(await app.get(reasonOf(id, given)))
  return { ...given, checked: checkedOf(page), act: 'import' }
}

async function importShown(app: TestApp, id: number, given: Record<string, string>) {
  return await send(app, id, await importForm(app, id, given))
}

function checkedOf(page: HtmlElement): string {
  return page.querySelector('input[name="checked"]')?.getAttributeValue('value') ?? ''
}

async function openOf(app: TestApp, id: number): Promise<number> {
  return openRejectsOf(await requireJob(app.db, id))
}

/** The values of the text inputs; boxes to tick say no value that is typed. */
function valuesIn(page: HtmlElement, selector: string): (string | undefined)[] {
  return page
    .querySelectorAll(selector)
    .filter((input) => input.getAttributeValue('type') === 'text')
    .map((input) => input.getAttributeValue('value') ?? undefined)
}

const people = async ({ db }: TestApp) =>
  (
    await sql<{ id: number; age: number | null }>`select id, age from person order by id`.execute(
      db,
    )
  ).rows

describe('the repair page', () => {
  test('lists the reasons with their lines, and what of them is open', async () => {
    const app = await anApp()
    const id = await aFaultyImport(app.store)
    const page = await pageOf(await app.get(`/jobs/${id}/rejects/repair`))
    expect(textsOf(page, '.repair-reasons td')).toEqual([
      '2',
      'age TLY-3001 e.g. The value "many" does not fit the type integer; it takes a whole number such as 42.',
      '3, 6',
      'Repair',
      '1',
      'name TLY-3002 The field must not be empty.',
      '4',
      'Repair',
      '1',
      'age TLY-3003 e.g. A rule of the table does not allow the record: age >= 0.',
      '5',
      'Repair',
    ])
    expect(textOf(page.querySelector('#repair-state'))).toBe('4 rejected, 4 open')
  })

  test('tells the lines, an example and the export of what is open, not of what is repaired', async () => {
    const app = await anApp()
    const id = await aFaultyImport(app.store)
    await repair(app.db, id, { 2: '2,Bo,20' })
    await runWaiting(app.store)
    await send(app, id, { ...AGE, act: 'set_aside', reason: 'Test', 'pick.4': 'yes' })
    const page = await pageOf(await app.get(`/jobs/${id}/rejects/repair`))
    expect(textsOf(page, '.repair-reasons td').slice(0, 3)).toEqual([
      '1',
      'age TLY-3001 e.g. The value "x" does not fit the type integer; it takes a whole number such as 42.',
      '6',
    ])
    const exported = async (shown: HtmlElement, link: string) => {
      const href = shown.querySelector(link)?.getAttributeValue('href') ?? ''
      const url = href.replaceAll('&amp;', '&')
      const lines = (await (await app.get(url)).text()).trim().split('\n')
      return lines.slice(1).map((line) => line.split(',')[0])
    }
    expect(await exported(page, '#export-open')).toEqual(['3', '5'])
    const reason = await pageOf(await app.get(reasonOf(id)))
    expect(await exported(reason, '#export-these')).toEqual(['5'])
  })

  test('leaves the field empty by a rule, and imports the records so', async () => {
    const app = await anApp()
    const id = await aFaultyImport(app.store)
    const rule = { ...AGE, rule: 'empty' }
    const page = await pageOf(await app.get(reasonOf(id, rule)))
    expect(textOf(page.querySelector('#repair-fitting'))).toContain('2 of 2 now fit')
    await importShown(app, id, { ...rule, once: 'a' })
    await runWaiting(app.store)
    expect(await people(app)).toEqual([
      { id: 1, age: 31 },
      { id: 2, age: null },
      { id: 5, age: null },
    ])
  })

  test('shows what a rule makes of all records, and imports those that fit', async () => {
    const app = await anApp()
    const id = await aFaultyImport(app.store)
    const rule = { ...AGE, rule: 'replace', find: 'many', by: '20' }
    const page = await pageOf(await app.get(reasonOf(id, rule)))
    expect(textOf(page.querySelector('#repair-fitting'))).toContain('1 of 2 now fit')
    expect(textsOf(page, '.repair-table tbody td')).toEqual([
      '',
      '3',
      '2',
      'Bo',
      'many 20',
      'fits',
      '',
      '6',
      '5',
      'Eva',
      '',
      'age: The value "x" does not fit the type integer; it takes a whole number such as 42.',
    ])
    expect(valuesIn(page, '.repair-table input')).toEqual(['x'])
    const answer = await importShown(app, id, { ...rule, once: 'a' })
    expect(answer.headers.get('location')).toBe(`/jobs/${id + 1}`)
    await runWaiting(app.store)
    expect(await people(app)).toEqual([
      { id: 1, age: 31 },
      { id: 2, age: 20 },
    ])
    expect(await openOf(app, id)).toBe(3)
    const job = await pageOf(await app.get(`/jobs/${id}`))
    expect(textOf(job.querySelector('#repair-state'))).toBe(
      `4 rejected, 1 repaired by job ${id + 1}, 3 open`,
    )
    expect(textOf(job.querySelector('#job-live'))).toContain('4 rejects (80.0%), 3 open')
    for (const url of ['/jobs', `/jobs/rows?ids=${id}`]) {
      expect(await (await app.get(url)).text()).toContain(
        `4 rejects (80.0%), 1 repaired by job ${id + 1}, 3 open`,
      )
    }
    const linked = await pageOf(await app.get(`/jobs/${id + 1}`))
    expect(textOf(linked.querySelector('.repair-state'))).toBe(
      `Its records are corrected rejects of job ${id}`,
    )
    const report = await pageOf(await app.get(`/jobs/${id}/report`))
    expect(textOf(report.querySelector('#repair-state'))).toContain('1 repaired by')
    await expectAgreement(app.store)
  })

  test('says which records would write over a later one, and does so only where that is asked for', async () => {
    const app = await anApp()
    const text = 'id,name,age\n7,Ana,many\n8,Bo,many\n7,Bea,31\n'
    const id = await aFaultyImport(app.store, {}, text)
    const rule = { ...AGE, rule: 'replace', find: 'many', by: '20' }
    const page = await pageOf(await app.get(reasonOf(id, rule)))
    expect(textOf(page.querySelector('#repair-fitting'))).toContain('2 of 2 now fit')
    expect(textOf(page.querySelector('#repair-changing'))).toBe(
      '1 of them changes a row that the table has already: a later record of the source or another job may have written it.',
    )
    expect(textOf(page.querySelector('#record-1 .state'))).toBe(
      'fits and changes the row that is there: name Bea Ana age 31 20',
    )
    expect(textOf(page.querySelector('#record-2 .state'))).toBe('fits')
    expect(textOf(page.querySelector('#button-import-new'))).toBe(
      'Import the 1 that changes no row',
    )
    expect(textOf(page.querySelector('#button-import'))).toBe(
      'Import all 2, 1 of them over a row that is there',
    )
    const form = await importForm(app, id, rule)
    await send(app, id, { ...form, act: 'import_new', once: 'a' })
    await runWaiting(app.store)
    const kept = [
      { id: 7, age: 31 },
      { id: 8, age: 20 },
    ]
    expect(await people(app)).toEqual(kept)
    expect(await openOf(app, id)).toBe(1)

    const left = await pageOf(await app.get(reasonOf(id)))
    expect(left.querySelector('#button-import-new')).toBeNull()
    const second = { ...(await importForm(app, id, AGE)), once: 'b' }
    const none = await pageOf(await send(app, id, { ...second, act: 'import_new' }), 422)
    expect(textOf(none.querySelector('main .notice-error'))).toContain(
      'the 1 record that fits would change a row that the table has already',
    )
    expect(await people(app)).toEqual(kept)
    await send(app, id, { ...second, act: 'import', once: 'c' })
    await runWaiting(app.store)
    expect(await people(app)).toEqual([
      { id: 7, age: 20 },
      { id: 8, age: 20 },
    ])
    await expectAgreement(app.store)
  })

  test('reads values as they are written, whatever their currency', async () => {
    const app = await anApp()
    const text = 'id;name;age\n1;Ana;31\n2;Bo;1.234,00 EUR\n3;Al;7,00\n4;Di;€ 8,00\n5;Ed;n/a\n'
    const id = await aFaultyImport(app.store, {}, text)
    const page = await pageOf(
      await app.get(reasonOf(id, { ...AGE, rule: 'format', format: 'decimal_comma' })),
    )
    expect(textsOf(page, '.repair-table ins')).toEqual(['1234.00', '7.00', '8.00'])
    expect(textOf(page.querySelector('#repair-fitting'))).toContain('3 of 4 now fit')
  })

  test.each([
    ['a rule that was not applied', { rule: 'fixed', value: '7' }, '2 of 2 now fit'],
    ['values that were not checked', { 'v.2.2': '33', 'v.5.2': '34' }, '2 of 2 now fit'],
  ])('imports nothing of %s, but shows its check', async (_what, typed, fitting) => {
    const app = await anApp()
    const id = await aFaultyImport(app.store)
    const applied = { ...AGE, rule: 'replace', find: 'many', by: '20' }
    const first = await pageOf(await app.get(reasonOf(id, applied)))
    const form = { ...applied, ...typed, act: 'import', once: 'a' }
    const page = await pageOf(await send(app, id, { ...form, checked: checkedOf(first) }), 422)
    expect(textOf(page.querySelector('main .notice-error'))).toMatch(/nothing was imported/)
    expect(textOf(page.querySelector('#repair-fitting'))).toContain(fitting)
    expect(textOf(page.querySelector('#button-import'))).toBe('Import the 2 that fit')
    expect(await openOf(app, id)).toBe(4)
    const again = await send(app, id, { ...form, checked: checkedOf(page), once: 'b' })
    expect(again.headers.get('location')).toBe(`/jobs/${id + 1}`)
    expect(await openOf(app, id)).toBe(2)
  })

  test('leads to those that are left to do by hand, and keeps what is typed', async () => {
    const app = await anApp()
    const ages = ['31', ...Array<string>(90).fill('many'), 'x']
    const records = ages.map((age, at) => `${at + 1},P,${age}`)
    const id = await aFaultyImport(app.store, {}, `id,name,age\n${records.join('\n')}\n`)
    const rule = { ...AGE, rule: 'replace', find: 'many', by: '20' }
    const page = await pageOf(await app.get(reasonOf(id, rule)))
    expect(textOf(page.querySelector('#repair-fitting'))).toContain('1 is left to do by hand')
    const misfit = page.querySelector('#button-misfit')?.getAttributeValue('value') ?? ''
    const answer = await send(app, id, { ...rule, misfit, 'v.2.2': '33' })
    const next = await pageOf(await app.get(answer.headers.get('location') ?? ''))
    expect(valuesIn(next, '.repair-table input')[0]).toBe('x')
    expect(next.querySelector('#button-misfit')).toBeNull()
    const first = await pageOf(await app.get(reasonOf(id, rule)))
    expect(valuesIn(first, '#record-2 input')).toEqual(['33'])
  })

  test('finds the next that does not fit also behind the first 2,000', async () => {
    const app = await anApp()
    const ages = [...Array<string>(2_100).fill('many'), 'x', ...Array<string>(60).fill('many')]
    const records = ages.map((age, at) => `${at + 1},P,${age}`)
    const given = { stopIfAllRejected: false }
    const id = await aFaultyImport(app.store, given, `id,name,age\n${records.join('\n')}\n`)
    const rule = { ...AGE, rule: 'replace', find: 'many', by: '20' }
    const page = await pageOf(await app.get(reasonOf(id, rule)))
    expect(textOf(page.querySelector('#repair-fitting'))).toContain('2,000 of the first 2,000')
    expect(page.querySelector('#button-misfit')).toBeNull()
    expect(page.querySelector('#button-search')).not.toBeNull()
    const answer = await send(app, id, { ...rule, act: 'next_misfit', last: '50' })
    const next = await pageOf(await app.get(answer.headers.get('location') ?? ''))
    expect(valuesIn(next, '.repair-table input')[0]).toBe('x')
    const none = await send(app, id, { ...rule, act: 'next_misfit', last: '2150' })
    const told = textOf((await pageOf(none, 422)).querySelector('main .notice-error'))
    expect(told).toBe('Behind this page, all records of this reason fit.')
  })

  test('says which years two digits mean in a rule, as the field itself reads them', async () => {
    const app = await anApp()
    await sql`create table person (id integer primary key, name text not null, born date)`.execute(
      app.db,
    )
    const born = { format: { kind: 'date', order: 'ymd', pivot: 1920 } }
    const fields = { born: fieldOptions.parse(born) }
    const id = await aFaultyImport(app.store, { fields }, 'id,name,born\n1,Ana,30/11/31\n')
    const [kind] = await listRejectKinds(app.db, id)
    const given = { code: kind?.code ?? '', field: 'born', rule: 'format', format: 'dmy' }
    const page = await pageOf(await app.get(reasonOf(id, given)))
    expect(textOf(page.querySelector('#rule-years'))).toBe(
      'In dates, years of two digits are those from 1920 to 2019.',
    )
    expect(textsOf(page, '.repair-table ins')).toEqual(['1931/11/30'])
  })

  test('keeps what is typed, whatever is clicked, until it is undone', async () => {
    const app = await anApp()
    const id = await aFaultyImport(app.store)
    const typed = { ...AGE, 'v.2.2': '33', 'v.5.2': 'x' }
    for (const act of ['check', 'apply', 'next', 'save', 'language']) {
      const form = act === 'language' ? { language: 'es' } : { act }
      const answer = await send(app, id, { ...typed, ...form, last: '2' })
      expect(answer.status).toBe(303)
      expect(answer.headers.get('location')).toContain(`/jobs/${id}/rejects/repair`)
      const page = await pageOf(await app.get(reasonOf(id)))
      expect(valuesIn(page, '.repair-table input')).toEqual(['33', 'x'])
      expect(textOf(page.querySelector('#record-2'))).toContain('in the file: many fits')
      await send(app, id, { ...AGE, act: 'discard' })
    }
    const page = await pageOf(await app.get(reasonOf(id)))
    expect(valuesIn(page, '.repair-table input')).toEqual(['many', 'x'])
    expect(await openOf(app, id)).toBe(4)
  })

  test('keeps what a rule makes of all records, and lets those be that were changed by hand', async () => {
    const app = await anApp()
    const id = await aFaultyImport(app.store)
    const rule = { ...AGE, rule: 'fixed', value: '50' }
    await send(app, id, { ...rule, act: 'save', 'v.2.2': '33' })
    const page = await pageOf(await app.get(reasonOf(id)))
    expect(valuesIn(page, '.repair-table input')).toEqual(['33', '50'])
    expect(page.querySelector('#repair-kept')).toBeNull()
    const ruled = await pageOf(await app.get(reasonOf(id, { ...rule, value: '33' })))
    expect(textOf(ruled.querySelector('#repair-kept'))).toBe(
      '1 was typed by hand and is not touched by the rule (“Undo all corrections of this reason” takes that back).',
    )
    await importShown(app, id, AGE)
    await runWaiting(app.store)
    expect(await people(app)).toEqual([
      { id: 1, age: 31 },
      { id: 2, age: 33 },
      { id: 5, age: 50 },
    ])
  })

  test('says at the record what its file cannot hold, and keeps the rest', async () => {
    const app = await anApp()
    const text = Buffer.from('id,name,age\n1,José,31\n2,Bo,x\n3,Al,y\n', 'latin1')
    const id = await aFaultyImport(app.store, { encoding: 'windows-1252' }, text)
    const form = { ...AGE, 'v.2.2': '22', 'v.3.1': 'Łucja', 'v.3.2': '33', act: 'import' }
    const page = await pageOf(await send(app, id, form), 422)
    expect(textOf(page.querySelector('#problem-3'))).toBe(
      'The encoding of the file, windows-1252, has no character "Ł": write it otherwise.',
    )
    expect(valuesIn(page, '#record-3 input')).toEqual(['33'])
    expect(await app.db.selectFrom('tallyman_repair').select('record').execute()).toEqual([
      { record: 2 },
    ])
  })

  test('edits a record that cannot be read as a line', async () => {
    const app = await anApp()
    const id = await aFaultyImport(app.store, {}, 'id,name,age\n1,Ana,31\n2,Bo\n3,"C"x,1\n')
    const wide = { code: 'TLY-2003', field: '' }
    const page = await pageOf(await app.get(reasonOf(id, wide)))
    expect(textsOf(page, '.repair-table textarea')).toEqual(['2,Bo'])
    const two = await send(app, id, { ...wide, 'line.2': '2,Bo,20\r\n4,Di,40', act: 'check' })
    expect(two.status).toBe(303)
    const again = await pageOf(await app.get(reasonOf(id, wide)))
    expect(textOf(again.querySelector('#problem-2'))).toContain('This is not one record')
    await send(app, id, { ...wide, 'line.2': '2,Bo,20', act: 'check' })
    await importShown(app, id, wide)
    await runWaiting(app.store)
    expect(await people(app)).toHaveLength(2)
    await expectAgreement(app.store)
  })

  test('repairs the records of JSON Lines, values and whole lines', async () => {
    const app = await anApp()
    const lines = [
      '{"id":1,"name":"Ana","age":31}',
      '{"id":2,"name":"Bo","age":"many","more":[1]}',
      '{"id":3,"name":null,"age":3}',
      '{"id":4,"name":"Di"',
    ]
    const id = await aFaultyImport(app.store, { format: 'json_lines' }, `${lines.join('\n')}\n`)
    const rule = { ...AGE, rule: 'replace', find: 'many', by: '20' }
    const page = await pageOf(await app.get(reasonOf(id, rule)))
    expect(textOf(page.querySelector('#repair-fitting'))).toContain('1 of 1 now fit')
    await importShown(app, id, rule)
    const empty = { code: 'TLY-3002', field: 'name' }
    await send(app, id, { ...empty, 'v.3.1': 'Cy "x"', act: 'check' })
    await importShown(app, id, empty)
    const broken = { code: 'TLY-2030', field: '' }
    const whole = await pageOf(await app.get(reasonOf(id, broken)))
    expect(textsOf(whole, '.repair-table textarea')).toEqual(['{"id":4,"name":"Di"'])
    await send(app, id, { ...broken, 'line.4': '{"id":4,"name":"Di"}', act: 'check' })
    await importShown(app, id, broken)
    await runWaiting(app.store)
    const { rows } = await sql`select id, name, age from person order by id`.execute(app.db)
    expect(rows.slice(1)).toEqual([
      { id: 2, name: 'Bo', age: 20 },
      { id: 3, name: 'Cy "x"', age: 3 },
      { id: 4, name: 'Di', age: null },
    ])
    expect(await openOf(app, id)).toBe(0)
    await expectAgreement(app.store)
  })

  test('of two operators who repair the same rejects, one is told that they are taken', async () => {
    const app = await anApp()
    const id = await aFaultyImport(app.store)
    const form = await importForm(app, id, { ...AGE, rule: 'fixed', value: '50' })
    const answers = await Promise.all([
      send(app, id, { ...form, once: 'ana' }),
      send(app, id, { ...form, once: 'berta' }),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409])
    const refused = answers.find(({ status }) => status === 409)
    if (refused === undefined) throw new Error('nobody was refused')
    const page = await pageOf(refused, 409)
    expect(textOf(page.querySelector('main .notice-error'))).toMatch(
      /somebody else has repaired them/,
    )
    await runWaiting(app.store)
    expect(await people(app)).toHaveLength(3)
    await expectAgreement(app.store)
  })

  test('shows the check once more where fewer fit by now than it said', async () => {
    const app = await anApp()
    await sql`create table person (id integer primary key, name text not null unique, age integer)`.execute(
      app.db,
    )
    const id = await aFaultyImport(app.store)
    const rule = { ...AGE, rule: 'fixed', value: '7' }
    const form = await importForm(app, id, rule)
    await sql`insert into person (id, name) values (90, 'Eva')`.execute(app.db)
    const page = await pageOf(await send(app, id, { ...form, once: 'a' }), 422)
    expect(textOf(page.querySelector('main .notice-error'))).toMatch(/other records fit now/)
    expect(textOf(page.querySelector('#repair-fitting'))).toContain('1 of 2 now fit')
    expect(textOf(page.querySelector('#problem-5'))).toMatch(/same unique value/)
    expect(await openOf(app, id)).toBe(3)
    // Nor is a row written over that came after the check.
    const again = { ...(await importForm(app, id, rule)), once: 'b' }
    await sql`insert into person (id, name) values (2, 'Bea')`.execute(app.db)
    await pageOf(await send(app, id, again), 422)
    await importShown(app, id, { ...rule, once: 'c' })
    await runWaiting(app.store)
    expect(await openOf(app, id)).toBe(2)
    expect(await people(app)).toContainEqual({ id: 2, age: 7 })
  })

  test('of one who clicks twice, makes one job', async () => {
    const app = await anApp()
    const id = await aFaultyImport(app.store)
    const rule = { ...AGE, rule: 'fixed', value: '50', once: 'same' }
    const form = await importForm(app, id, rule)
    const answers = await Promise.all([send(app, id, form), send(app, id, form)])
    expect(answers.map(({ headers }) => headers.get('location'))).toEqual(
      Array(2).fill(`/jobs/${id + 1}`),
    )
  })

  test('sets rejects aside with a reason, and opens them again', async () => {
    const app = await anApp()
    const id = await aFaultyImport(app.store)
    const unticked = { ...AGE, act: 'set_aside', reason: 'Test' }
    const nobody = await pageOf(await send(app, id, unticked), 422)
    expect(textOf(nobody.querySelector('main .notice-error'))).toBe(
      'Tick the records to set aside.',
    )
    expect(valuesIn(nobody, '#reason')).toEqual(['Test'])
    const form = { ...AGE, act: 'set_aside', 'pick.2': 'yes', 'pick.5': 'yes' }
    const why = await pageOf(await send(app, id, form), 422)
    expect(textOf(why.querySelector('main .notice-error'))).toMatch(/Say why/)
    const ticked = why.querySelectorAll('.box input[checked]')
    expect(ticked.map((one) => one.getAttributeValue('id'))).toEqual(['pick-2', 'pick-5'])
    await send(app, id, { ...form, reason: 'Test rows' })
    expect(await openOf(app, id)).toBe(2)
    const page = await pageOf(await app.get(`/jobs/${id}/rejects/repair`))
    expect(textOf(page.querySelector('#repair-state'))).toBe('4 rejected, 2 set aside, 2 open')
    expect(textsOf(page, '.repair-aside-list label')).toEqual([
      'Record 2: Test rows (ana, Jan 31, 2026, 12:05:00 PM)',
      'Record 5: Test rows (ana, Jan 31, 2026, 12:05:00 PM)',
    ])
    await send(app, id, { 'pick.5': 'yes' })
    expect(await openOf(app, id)).toBe(3)
    await expectAgreement(app.store)
  })

  test('can be reached once nothing is open, and each record says what became of it', async () => {
    const app = await anApp()
    const id = await aFaultyImport(app.store)
    await repair(app.db, id, { 2: '2,Bo,20' })
    await runWaiting(app.store)
    await setAside(app.db, id, [3, 4, 5], { actor: 'ana', now: NOON, reason: 'Test rows' })
    const url = `/jobs/${id}/rejects/repair`
    for (const path of [`/jobs/${id}`, `/jobs/${id}/rejects`, `/jobs/${id}/report`]) {
      const page = await pageOf(await app.get(path))
      expect(page.querySelector('#repair-aside')?.getAttributeValue('href'), path).toBe(url)
      expect(page.querySelectorAll('.chip-rejects'), path).toHaveLength(0)
    }
    const stateOf = async (record: number) =>
      textOf(
        (await pageOf(await app.get(`/jobs/${id}/rejects/${record}`))).querySelector(
          '#record-state',
        ),
      )
    expect(await stateOf(2)).toBe(`This record is repaired by job ${id + 1}`)
    expect(await stateOf(3)).toMatch(
      /^This record is set aside: Test rows \(ana, .*\) Repair rejects$/,
    )
  })

  test('sets all of a reason aside at once, after a question', async () => {
    const app = await anApp()
    const id = await aFaultyImport(app.store)
    const form = { ...AGE, act: 'set_aside_all' }
    const why = await pageOf(await send(app, id, form), 422)
    expect(textOf(why.querySelector('main .notice-error'))).toMatch(/Say why/)
    const question = await pageOf(await send(app, id, { ...form, reason: 'Test <rows>' }))
    expect(textOf(question.querySelector('h1'))).toBe('Set 2 records aside?')
    expect(textOf(question.querySelector('#set-aside-form'))).toContain('ana, and why: Test <rows>')
    expect(await openOf(app, id)).toBe(4)
    const sure = { ...form, reason: 'Test <rows>', sure: 'yes' }
    expect((await send(app, id, sure)).status).toBe(303)
    expect(await openOf(app, id)).toBe(2)
    const late = await pageOf(await send(app, id, sure), 409)
    expect(textOf(late.querySelector('main'))).toContain('is open any more')
    await expectAgreement(app.store)
  })

  test('says of a double that it is one, though the check alone would take it for an update', async () => {
    const app = await anApp()
    const text = 'id,name,age\n1,Ana,31\n1,Bo,20\n'
    const id = await aFaultyImport(app.store, { doubles: 'reject' }, text)
    const page = await pageOf(await app.get(reasonOf(id, { code: 'TLY-3007', field: 'id' })))
    expect(textOf(page.querySelector('#repair-fitting'))).toContain('0 of 1 now fit')
    expect(valuesIn(page, '#record-2 input')).toEqual(['1'])
  })

  test.each(['editing', 'running', 'paused'] as const)(
    'is refused while a job is %s',
    async (status) => {
      const app = await anApp()
      const { id } = await aJob(app.db, { status })
      expect((await app.get(`/jobs/${id}/rejects/repair`)).status).toBe(409)
    },
  )

  test('of a linked job leads to the first, and is not offered there', async () => {
    const app = await anApp()
    const id = await aFaultyImport(app.store)
    const { job } = await repair(app.db, id, { 2: '2,Bo,no' })
    await runWaiting(app.store)
    const refused = await pageOf(await app.get(`/jobs/${job.id}/rejects/repair`), 409)
    expect(textOf(refused.querySelector('main .notice-error'))).toContain(`repair it in job ${id}`)
    const page = await pageOf(await app.get(`/jobs/${job.id}`))
    expect(page.querySelector('#button-run-again')).toBeNull()
    expect(page.querySelector('#button-duplicate')).toBeNull()
    expect(textOf(page.querySelector('.repair-state'))).toBe(
      `Its records are corrected rejects of job ${id}; 1 was rejected again and is open there`,
    )
  })

  test('says in a sentence that the table is gone', async () => {
    const app = await anApp()
    const id = await aFaultyImport(app.store)
    await sql`drop table person`.execute(app.db)
    const page = await pageOf(await app.get(reasonOf(id)), 422)
    expect(textOf(page.querySelector('main'))).toContain('person')
  })
})

test('of records that fit, what is not written of them is told, by page and in all', async () => {
  const app = await anApp()
  const checks = [{ kind: 'pattern', pattern: 'A.*', policy: 'warn' }]
  const fields = { name: fieldOptions.parse({ checks }) }
  const given = { operation: 'update' as const, fields }
  const id = await aFaultyImport(app.store, given, 'id,name,age\nx,Ana,1\ny,Bo,2\n')
  await sql`insert into person (id, name, age) values (2, 'Bo', 9)`.execute(app.db)
  const path = `/jobs/${id}/rejects/repair?code=TLY-3001&field=id`
  const form = { code: 'TLY-3001', field: 'id', 'v.1.0': '98', 'v.2.0': '2', act: 'check' }
  await app.post(`/jobs/${id}/rejects/repair`, Object.entries(form))
  const page = await pageOf(await app.get(path))
  expect(textOf(page.querySelector('#repair-fitting'))).toContain('2 of 2 now fit')
  expect(textOf(page.querySelector('#repair-idle'))).toBe('1 of them writes nothing.')
  const both = { ...form, 'v.1.1': 'Bo' }
  await app.post(`/jobs/${id}/rejects/repair`, Object.entries(both))
  const [also] = textsOf(await pageOf(await app.get(path)), '.repair-table .state')
  expect(also).toMatch(/^fits but writes nothing: .* but with a warning: name: /)
  const [idle, warned] = textsOf(page, '.repair-table .state')
  expect(idle).toMatch(/^fits but writes nothing: no row has its key/)
  expect(warned).toMatch(/^fits and changes the row .* but with a warning: name: /)
})
