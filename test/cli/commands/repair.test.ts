import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Store } from '../../../src/db/store.ts'
import { fieldOptions } from '../../../src/domain/specification/fields/field-options.ts'
import { saveDrafts } from '../../../src/engine/repair/save-drafts.ts'
import { iterateRejects } from '../../../src/engine/rejects/reject-stream.ts'
import { jsonReader } from '../../../src/pipeline/formats/json-lines/json-reader.ts'
import { aFaultyImport, repair } from '../../support/jobs/a-repair.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { aStore } from '../../support/a-store.ts'
import { all } from '../../support/all.ts'
import { tallyman } from '../../support/programs/in-process.ts'
import { expectAgreement } from '../../support/jobs/verified.ts'

/** An import that rejected four of five, and its rejects as a file. */
async function exported(text?: string | Buffer, given = {}) {
  const { folder, store } = await aStore()
  const id = String(await aFaultyImport(store, given, text))
  await tallyman(folder, ['jobs', 'rejects', id, '--export', 'rejects.csv'])
  const file = path.join(folder, 'rejects.csv')
  return { folder, store, id, file, lines: readFileSync(file, 'latin1') }
}

const jsonOf = (text: string): Record<string, unknown> => JSON.parse(text)

test('a corrected reject file is imported by a linked job, as far as it fits', async () => {
  const { folder, store, id, file, lines } = await exported()
  const corrected = lines
    .replace('Bo,many', 'Bob,20')
    .replace('-1', '41')
    .replace('3,,40', '3,"Ca ""x""",40')
  writeFileSync(file, corrected)
  const { code, out, err } = await tallyman(folder, ['jobs', 'repair', id, file, '--json'])
  expect(code).toBe(3)
  expect(jsonOf(out)).toMatchObject({
    status: 'finished',
    label: 'Repair of job 1',
    repair_of: 1,
    counters: { inserted: 3, rejects: 0 },
  })
  expect(err).toContain('1 record of the file does not fit yet')
  expect(err).toContain('changes name in 1 record, as in record 2: from "Bo" to "Bob".')
  const { rows } = await sql`select * from person order by id`.execute(store.db)
  expect(rows).toMatchObject([
    { id: 1 },
    { id: 2, age: 20 },
    { id: 3, name: 'Ca "x"' },
    { id: 4, age: 41 },
  ])
  const shown = await tallyman(folder, ['jobs', 'show', id, '--json'])
  expect(jsonOf(shown.out)).toMatchObject({
    open_rejects: 1,
    set_aside: 0,
    repaired_by: [{ id: 2, rejects: 3, status: 'finished' }],
    counters: { rejects: 4 },
  })
  expect((await tallyman(folder, ['jobs', 'show', id])).out).toContain('repaired by  2 (3)')
  const list = await tallyman(folder, ['jobs', 'list'])
  expect(list.out).toContain('4 rejects (80.0%), 3 repaired by job 2, 1 open')
  const inSpanish = await tallyman(folder, ['jobs', 'list'], { LC_ALL: 'es_ES.UTF-8' })
  expect(inSpanish.out).toContain('3 reparados por el trabajo 2, 1 pendiente')
  const listed = await tallyman(folder, ['jobs', 'list', '--json'])
  expect(jsonOf(listed.out)).toMatchObject({
    jobs: [
      { id: 2, repair_of: 1, repaired: 0, repaired_by_jobs: [], open_rejects: 0 },
      {
        id: 1,
        repaired: 3,
        in_repair: 0,
        repaired_by_jobs: [2],
        open_rejects: 1,
        counters: { rejects: 4 },
      },
    ],
  })

  // Nothing is imported twice by the same file.
  const again = await tallyman(folder, ['jobs', 'repair', id, file])
  expect(again).toMatchObject({ code: 2, out: '' })
  expect(again.err).toContain('nothing was imported')
  writeFileSync(file, corrected.replace('Eva,x', 'Eva,5'))
  const rest = await tallyman(folder, ['jobs', 'repair', id, file])
  expect(rest.code).toBe(0)
  expect(rest.err).toContain('3 records of the file are repaired or set aside already')
  await expectAgreement(store)
})

test('a corrected file may be in another dialect than the first, and its records keep their place', async () => {
  const text = Buffer.from('id;name;age\n1;José;31\n2;"";x\n3;Íñigo;y\n', 'latin1')
  const { folder, store, id, file, lines } = await exported(text, { delimiter: null })
  const utf8 = Buffer.from(lines, 'latin1').toString('latin1').replaceAll(';', ',')
  writeFileSync(file, utf8.replace('"",x', '"",20').replace(',y,', ',no,'))
  const { code } = await tallyman(folder, ['jobs', 'repair', id, file])
  expect(code).toBe(3)
  const { rows } = await sql`select id, name from person order by id`.execute(store.db)
  expect(rows).toEqual([
    { id: 1, name: 'José' },
    { id: 2, name: '' },
  ])
  const [left] = await all(iterateRejects(store.db, Number(id), { field: 'age' }))
  expect(left).toMatchObject({ record: 2, line: 3 })
  const draft = await store.db
    .selectFrom('tallyman_repair')
    .select(['record', 'raw'])
    .where('status', '=', 'open')
    .executeTakeFirstOrThrow()
  expect(draft.raw?.toString('latin1')).toBe('3;Íñigo;no')
  await expectAgreement(store)
})

test.each([
  ['without the reject columns', () => 'id,name,age\n2,Bo,20\n', 'does not end in the columns'],
  ['with a record twice', (lines: string) => `${lines}${lines.split('\n')[1]}\n`, 'record 2 twice'],
])('a file %s is refused in a sentence', async (_name, made, sentence) => {
  const { folder, id, file, lines } = await exported()
  writeFileSync(file, made(lines))
  const { code, out, err } = await tallyman(folder, ['jobs', 'repair', id, file])
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(sentence)
  expect(err.trim().split('\n')).toHaveLength(1)
})

test('a corrected file that was sent before says what of it is repaired already', async () => {
  const { folder, id, file, lines } = await exported()
  writeFileSync(file, lines.replace('many', '20'))
  const first = await tallyman(folder, ['jobs', 'repair', id, file])
  expect(first.code).toBe(3)
  const again = await tallyman(folder, ['jobs', 'repair', id, file])
  expect(again.err).toContain('1 record of the file is repaired or set aside already')
  expect(again.err).toContain('None of these records fits yet')
  writeFileSync(file, lines.replace('5,Eva', '6,Eva'))
  const other = await tallyman(folder, ['jobs', 'repair', id, file])
  expect(other.err).toContain('1 record of the file is no open reject')
})

test('a corrected file does not replace what somebody else corrected, unless that is said', async () => {
  const { folder, store, id, file, lines } = await exported()
  const draft = { record: 2, raw: Buffer.from('2,Bo,22'), basis: undefined }
  await saveDrafts(store.db, Number(id), [draft], { actor: 'ana', now: new Date() })
  writeFileSync(file, lines.replace('many', '20'))
  const alone = await tallyman(folder, ['jobs', 'repair', id, file])
  expect(alone).toMatchObject({ code: 2, out: '' })
  expect(alone.err).toContain('1 record was corrected otherwise by somebody else')
  writeFileSync(file, lines.replace('many', '20').replace('5,Eva,x', '5,Eva,50'))
  const repaired = await tallyman(folder, ['jobs', 'repair', id, file])
  expect(repaired.code).toBe(3)
  expect(repaired.err).toContain('it is open still, as corrected there')
  const people = async () =>
    (await sql`select id, age from person order by id`.execute(store.db)).rows
  expect(await people()).toEqual([
    { id: 1, age: 31 },
    { id: 5, age: 50 },
  ])
  await tallyman(folder, ['jobs', 'repair', id, file, '--overwrite'])
  expect(await people()).toContainEqual({ id: 2, age: 20 })
})

test('a corrected record does not write over a later one of its key, unless that is said', async () => {
  const text = 'id,name,age\n7,Ana,many\n8,Bo,x\n7,Bea,31\n'
  const { folder, store, id, file, lines } = await exported(text)
  writeFileSync(file, lines.replace('many', '20').replace(',x,', ',8,'))
  const repaired = await tallyman(folder, ['jobs', 'repair', id, file])
  expect(repaired.code).toBe(3)
  expect(repaired.err).toContain('1 record fits, but would change a row that the table has already')
  const people = async () =>
    (await sql`select id, age from person order by id`.execute(store.db)).rows
  const kept = [
    { id: 7, age: 31 },
    { id: 8, age: 8 },
  ]
  expect(await people()).toEqual(kept)
  const again = await tallyman(folder, ['jobs', 'repair', id, file])
  expect(again).toMatchObject({ code: 2, out: '' })
  expect(again.err).toContain('--overwrite')
  expect(await people()).toEqual(kept)
  expect((await tallyman(folder, ['jobs', 'repair', id, file, '--overwrite'])).code).toBe(0)
  expect((await people())[0]).toEqual({ id: 7, age: 20 })
  await expectAgreement(store)
})

test('a corrected file with real values repairs records whose values were masked', async () => {
  const fields = { name: fieldOptions.parse({ sensitive: true }) }
  const text = 'id,name,age\n1,Ana,31\n2,Bo,many\n3,Cy,x\n4,D"i,4\n'
  const { folder, store, id, file, lines } = await exported(text, { fields })
  expect(lines).not.toMatch(/Bo|Cy|D"i/)
  const corrected = lines
    .replace('2,***,many', '2,Bob,20')
    .replace('3,***,x', '3,***,30')
    .replace('***,,', '4,Di,no')
  writeFileSync(file, corrected)
  const repaired = await tallyman(folder, ['jobs', 'repair', id, file])
  expect(repaired).toMatchObject({ code: 3 })
  const { rows } = await sql`select id, name, age from person order by id`.execute(store.db)
  expect(rows).toEqual([
    { id: 1, name: 'Ana', age: 31 },
    { id: 2, name: 'Bob', age: 20 },
    { id: 3, name: 'Cy', age: 30 },
  ])
  const drafts = await store.db.selectFrom('tallyman_repair').select('raw').execute()
  expect(drafts.map(({ raw }) => raw)).toEqual([null, null])
  writeFileSync(file, corrected.replace('4,Di,no', '4,Di,4'))
  expect((await tallyman(folder, ['jobs', 'repair', id, file])).code).toBe(0)
  await expectAgreement(store)
})

test('rejects are listed and exported as the same filters say, also only those that are open', async () => {
  const { folder, id, file, lines } = await exported()
  writeFileSync(file, lines.replace('many', '20'))
  await tallyman(folder, ['jobs', 'repair', id, file])
  const listed = await tallyman(folder, [
    'jobs',
    'rejects',
    id,
    '--open',
    '--field',
    'age',
    '--json',
  ])
  const records = listed.out
    .trim()
    .split('\n')
    .map((line) => jsonOf(line)['record'])
  expect(records).toEqual([4, 5])
  const filters = ['--open', '--field', 'age', '--code', 'TLY-3001']
  await tallyman(folder, ['jobs', 'rejects', id, '--export', 'open.csv', ...filters])
  const kept = readFileSync(path.join(folder, 'open.csv'), 'utf8').trim().split('\n')
  expect(kept.slice(1).map((line) => line.split(',')[0])).toEqual(['5'])
})

describe('a rejected line of JSON that is no object', () => {
  const LINES = Buffer.concat([
    Buffer.from(
      '{"id":0,"name":"Al"}\n{"id":1,"name":"Ana","age":31}\n{"id":2 "name":"Bo"}\n[1]\n{"id":4,"name":"Jos',
    ),
    Buffer.of(0xe9),
    Buffer.from('","age":4}\n'),
  ])
  const peopleIn = async ({ db }: Store) =>
    (await sql`select id, name, age from person order by id`.execute(db)).rows

  test('is exported with its place and reason, and repaired by the corrected file', async () => {
    const { folder, store, id, file, lines } = await exported(LINES, {
      format: 'json_lines' as const,
    })
    const exportedLines = lines.trim().split('\n').map(jsonOf)
    expect(exportedLines).toMatchObject([
      { reject_raw: '{"id":2 "name":"Bo"}', reject_line: 3, reject_record: 3 },
      { reject_raw: '[1]', reject_line: 4, reject_record: 4, reject_code: 'TLY-2031' },
      { reject_line: 5, reject_record: 5, reject_code: 'TLY-2005' },
    ])
    const untouched = await tallyman(folder, ['jobs', 'repair', id, file])
    expect(untouched).toMatchObject({ code: 2, out: '' })
    expect(untouched.err).toContain('no record that can be read')

    // One is corrected in its text, one is replaced by columns, one is left as it is.
    const utf8 = Buffer.from(lines, 'latin1').toString('utf8')
    const corrected = utf8
      .replace(String.raw`{\"id\":2 \"name\"`, String.raw`{\"id\":2, \"name\"`)
      .replace('"reject_raw":"[1]"', '"id":3,"name":"Cy","age":3')
    writeFileSync(file, corrected)
    const repaired = await tallyman(folder, ['jobs', 'repair', id, file, '--json'])
    expect(repaired.err).toContain('1 record of the file is no open reject')
    expect(repaired.code).toBe(3)
    expect(await peopleIn(store)).toEqual([
      { id: 0, name: 'Al', age: null },
      { id: 1, name: 'Ana', age: 31 },
      { id: 2, name: 'Bo', age: null },
      { id: 3, name: 'Cy', age: 3 },
    ])
    writeFileSync(file, corrected.replace('\ufffd', 'é'))
    expect((await tallyman(folder, ['jobs', 'repair', id, file])).code).toBe(0)
    expect((await peopleIn(store))[4]).toEqual({ id: 4, name: 'José', age: 4 })
    await expectAgreement(store)
  })

  test('whose values may be sensitive is replaced by the whole record', async () => {
    const fields = { name: fieldOptions.parse({ sensitive: true }) }
    const text =
      '{"id":1,"name":"Ana","age":1}\n{"id":2,"name":"A","name":"B"}\n{"id":3 "name":"C"}\n'
    const { folder, store, id, file, lines } = await exported(text, {
      format: 'json_lines' as const,
      fields,
    })
    expect(lines.trim().split('\n').map(jsonOf)).toMatchObject([
      { reject_raw: '***', reject_record: 2, reject_line: 2, reject_code: 'TLY-2032' },
      { reject_raw: '***', reject_record: 3, reject_line: 3, reject_code: 'TLY-2030' },
    ])
    const [second = '', third = ''] = lines
      .trim()
      .split('\n')
      .map((line) => line.replace('"***"', '"{}"'))
    const inText = second.replace('{}', String.raw`{\"id\":2,\"name\":\"B\",\"age\":2}`)
    // The text that was left beside the columns counts no more.
    const inColumns = third.replace('{"', '{"id":3,"name":"C","age":3,"')
    writeFileSync(file, `${inText}\n${inColumns}\n`)
    expect((await tallyman(folder, ['jobs', 'repair', id, file])).code).toBe(0)
    expect(await peopleIn(store)).toEqual([
      { id: 1, name: 'Ana', age: 1 },
      { id: 2, name: 'B', age: 2 },
      { id: 3, name: 'C', age: 3 },
    ])
    await expectAgreement(store)
  })

  test('can be imported anew once it is corrected, and is corrected in the page where it does not fit', async () => {
    const { folder, store, lines } = await exported(LINES, { format: 'json_lines' as const })
    const utf8 = Buffer.from(lines, 'latin1').toString('utf8')
    const fix = path.join(folder, 'fix.jsonl')
    writeFileSync(
      fix,
      utf8.replace(
        String.raw`{\"id\":2 \"name\":\"Bo\"`,
        String.raw`{\"id\":2,\"name\":\"Bo\",\"age\":\"x\"`,
      ),
    )
    const args = ['import', fix, '--into', 'person', '--key', 'id']
    expect((await tallyman(folder, args)).code).toBe(3)
    const [first, ...others] = await all(iterateRejects(store.db, 2, {}))
    expect(first).toMatchObject({ record: 1, field: 'age', code: 'TLY-3001' })
    expect(others.map(({ code }) => code)).toEqual(['TLY-2031', 'TLY-2030'])
    const reader = jsonReader({
      format: 'json_lines',
      encoding: 'utf-8',
      header: ['id', 'name', 'age'],
      skipped: 0,
    })
    const raw = reader.rewrite(first?.raw ?? Buffer.of(), new Map([[2, '5']]))
    expect(jsonOf(raw.toString())).toMatchObject({ id: 2, name: 'Bo', age: '5', reject_line: 3 })
  })
})

test('rejects that a failed linked job keeps are told with the list, and in the details of the first job', async () => {
  const { folder, store, id } = await exported()
  const first = Number(id)
  const { job } = await repair(store.db, first, { 2: '2,Bo,20', 3: '3,Cy,40' })
  await sql`alter table person rename to people`.execute(store.db)
  await runWaiting(store)
  const kept =
    `2 rejects are kept by job ${job.id}, which failed: start it again (jobs start ${job.id}), ` +
    `or cancel it (jobs cancel ${job.id}), so that those which it did not import are open again.`
  for (const more of [[], ['--open'], ['--json'], ['--export', 'again.csv']]) {
    const { err } = await tallyman(folder, ['jobs', 'rejects', id, ...more])
    expect(err).toContain(kept)
  }
  const shown = await tallyman(folder, ['jobs', 'show', id])
  expect(shown.out).toContain(`repaired by  ${job.id} (2; Finished with errors)`)
  const json = await tallyman(folder, ['jobs', 'show', id, '--json'])
  expect(jsonOf(json.out)).toMatchObject({
    open_rejects: 2,
    repaired_by: [{ id: job.id, rejects: 2, status: 'failed' }],
  })
})

test('rejects are exported with what can be done with them: those of a linked job, of a dry run, of neither', async () => {
  const { folder, store, file } = await exported()
  await repair(store.db, 1, { 2: '2,Bo,-7' })
  await runWaiting(store)
  const exportOf = async (id: number) =>
    (await tallyman(folder, ['jobs', 'rejects', String(id), '--export', file, '--force'])).err

  expect(await exportOf(2)).toContain(`jobs repair 1 ${file}`)
  writeFileSync(file, readFileSync(file, 'latin1').replace('-7', '7'))
  const repaired = await tallyman(folder, ['jobs', 'repair', '1', file, '--overwrite'])
  expect(repaired.code).toBe(0)

  await tallyman(folder, ['jobs', 'delete', '1'])
  const isImported = 'Correct them, then import the file'
  expect(await exportOf(2)).toContain(isImported)
  expect(await exportOf(await aFaultyImport(store, { dryRun: true }))).toContain(isImported)
})

test('of records that do not fit, the first are told with the reason', async () => {
  const { folder, id, file, lines } = await exported()
  writeFileSync(file, lines.replace('many', '20').replace('-1', '-2'))
  const { code, err } = await tallyman(folder, ['jobs', 'repair', id, file])
  expect(code).toBe(3)
  expect(err).toContain('Record 3 does not fit yet: name: The field must not be empty.\n')
  expect(err).toMatch(/Record 4 does not fit yet: age: A rule of the table/)
  const none = await tallyman(folder, ['jobs', 'repair', id, file])
  expect(none.code).toBe(2)
  expect(none.err).toContain('Record 3 does not fit yet: name: The field must not be empty.\n')
  expect(none.err).toContain('None of these records fits yet')
})
