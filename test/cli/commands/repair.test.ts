import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { iterateRejects } from '../../../src/engine/rejects/reject-stream.ts'
import { aFaultyImport } from '../../support/jobs/a-repair.ts'
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
    .replace('many', '20')
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
      { id: 1, repaired: 3, repaired_by_jobs: [2], open_rejects: 1, counters: { rejects: 4 } },
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
