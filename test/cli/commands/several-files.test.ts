import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aStore } from '../../support/a-store.ts'
import { expectAgreement } from '../../support/jobs/verified.ts'
import { tallyman } from '../../support/programs/in-process.ts'

const jsonOf = (text: string): Record<string, unknown> => JSON.parse(text)

/** Two files of one format, in two dialects, with a record each that does not fit. */
async function imported() {
  const { folder, store } = await aStore()
  await sql`create table person (id integer primary key, name text, age integer)`.execute(store.db)
  writeFileSync(path.join(folder, 'a.csv'), 'id;name;age\n1;Ana;30\n2;"Bo; jr.";x\n')
  const second = 'name,id,age\nCarla,3,many\nJosé,4,40\nonly,two\n'
  writeFileSync(path.join(folder, 'b.csv'), Buffer.from(second, 'latin1'))
  const call = ['import', 'a.csv', 'b.csv', '--into', 'person', '--key', 'id', '--json']
  return { folder, store, ran: await tallyman(folder, call) }
}

test('several files are one job, and each reject, also as exported and repaired, knows its own', async () => {
  const { folder, store, ran } = await imported()
  expect(ran.code).toBe(3)
  expect(jsonOf(ran.out)).toMatchObject({
    label: 'a.csv, b.csv → person',
    counters: { total: 5, inserted: 2, rejects: 3 },
    files: [
      { name: 'a.csv', first_record: 1 },
      { name: 'b.csv', first_record: 3 },
    ],
  })
  const rejects = await tallyman(folder, ['jobs', 'rejects', '1', '--json'])
  const places = rejects.out.trim().split('\n').map(jsonOf)
  expect(places).toMatchObject([
    { file: 'a.csv', record: 2, line: 3 },
    { file: 'b.csv', record: 3, line: 2 },
    { file: 'b.csv', record: 5, line: 4 },
  ])
  await expectAgreement(store)

  const file = path.join(folder, 'rejects.csv')
  await tallyman(folder, ['jobs', 'rejects', '1', '--export', 'rejects.csv'])
  const [head, first, second, third] = readFileSync(file, 'utf8').split('\n')
  expect(head).toMatch(/^id;name;age;reject_file;reject_line;reject_record;/)
  expect(first).toMatch(/^2;"Bo; jr\.";x;a\.csv;3;2;/)
  expect(second).toMatch(/^3;Carla;many;b\.csv;2;3;/)
  expect(third).toMatch(/^only,two;b\.csv;4;5;/)

  const lines = [head, first?.replace(';x;', ';20;'), second?.replace(';many;', ';y;'), '']
  writeFileSync(file, lines.join('\n'))
  const repair = await tallyman(folder, ['jobs', 'repair', '1', 'rejects.csv', '--json'])
  expect(jsonOf(repair.out)).toMatchObject({ repair_of: 1, counters: { inserted: 1 } })
  const { rows } = await sql`select id, name, age from person order by id`.execute(store.db)
  expect(rows).toEqual([
    { id: 1, name: 'Ana', age: 30 },
    { id: 2, name: 'Bo; jr.', age: 20 },
    { id: 4, name: 'José', age: 40 },
  ])
  const draft = await store.db
    .selectFrom('tallyman_repair')
    .select(['record', 'raw'])
    .where('status', '=', 'open')
    .executeTakeFirstOrThrow()
  expect(draft).toMatchObject({ record: 3, raw: Buffer.from('Carla,3,y') })
  await expectAgreement(store)
})

test('the specification of several files is read again the same, and they are not imported twice unasked', async () => {
  const { folder } = await imported()
  const printed = await tallyman(folder, ['jobs', 'show', '1', '--spec'])
  const [path1, path2] = ['a.csv', 'b.csv'].map((name) => path.join(folder, name))
  expect(jsonOf(printed.out)).toMatchObject({ path: path1, morePaths: [path2] })
  writeFileSync(path.join(folder, 'spec.json'), printed.out)
  const again = ['import', 'a.csv', 'b.csv', '--spec', 'spec.json', '--again', '--json']
  const { id } = jsonOf((await tallyman(folder, again)).out)
  const printedAgain = await tallyman(folder, ['jobs', 'show', String(id), '--spec'])
  expect(printedAgain.out).toBe(printed.out)

  const into = ['--into', 'person', '--operation', 'insert']
  const twice = await tallyman(folder, ['import', 'a.csv', 'b.csv', ...into])
  expect(twice.code).toBe(2)
  expect(twice.err).toContain('job 1 already')
  const named = await tallyman(folder, ['import', 'a.csv', 'a.csv', ...into])
  expect(named.err).toContain('a.csv is named twice')
})

test('standard input is imported by itself, and one file is stored as ever', async () => {
  const { folder, store } = await aStore()
  writeFileSync(path.join(folder, 'a.csv'), 'id\n1\n')
  const among = await tallyman(folder, ['import', 'a.csv', '-', '--into', 'person', '--create'])
  expect(among).toMatchObject({
    code: 2,
    err: 'Standard input (-) is imported by itself. Name files, or - alone.\n',
  })
  expect(await tallyman(folder, ['import', 'a.csv', '--into', 'person', '--create'])).toMatchObject(
    { code: 0 },
  )
  const { specification } = await store.db
    .selectFrom('tallyman_job')
    .select('specification')
    .executeTakeFirstOrThrow()
  expect(JSON.parse(specification)).not.toHaveProperty('morePaths')
})
