import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Store } from '../../../src/db/store.ts'
import { checkImport } from '../../../src/pipeline/import/plan/check-import.ts'
import {
  freshStore,
  people,
  run,
  specify,
  type SomeOfImport,
} from '../../support/pipeline/an-import.ts'

const PEOPLE = `create table person (id integer primary key, name text not null, age integer, note text)`

/** Files by their names, in this order, as the source of one import. */
function sourceOf(folder: string, files: Record<string, string | Buffer>): SomeOfImport {
  const [first = '', ...others] = Object.entries(files).map(([name, content]) => {
    const file = path.join(folder, name)
    writeFileSync(file, content)
    return file
  })
  return { path: first, morePaths: others, format: null, key: ['id'] }
}

async function started(files: Record<string, string | Buffer>) {
  const { store, folder } = await freshStore(PEOPLE)
  return { store, folder, source: sourceOf(folder, files) }
}

const MIXED = {
  'a.csv': 'id,name,age\n1,Ana,30\n2,,31\n',
  'b.csv.gz': gzipSync('\nname;id;age\nBea;3;x\nCéline;4;41\n'),
  'c.csv': Buffer.from('age\tid\tname\n50\t5\tJos\xe9\n\n51\t1\tAna Mar\xeda\n', 'latin1'),
}

test('Files with their columns in another order and in other dialects are one source, whose records are numbered on', async () => {
  const { store, source } = await started(MIXED)
  const { end, last, batches } = await run(store, specify(source))

  expect(end).toBe('finished')
  expect(last.total).toBe(6)
  expect(last.counters).toMatchObject({ inserted: 3, updated: 1, rejects: 2, empty: 2 })
  expect(await people(store)).toEqual([
    { id: 1, name: 'Ana María', age: 51, note: null },
    { id: 4, name: 'Céline', age: 41, note: null },
    { id: 5, name: 'José', age: 50, note: null },
  ])
  const rejects = batches.flatMap((batch) => batch.rejects)
  expect(rejects.map(({ record, line, field }) => ({ record, line, field }))).toEqual([
    { record: 2, line: 3, field: 'name' },
    { record: 3, line: 3, field: 'age' },
  ])
  const size = Object.values(MIXED).reduce((sum, content) => sum + content.length, 0)
  expect(last).toMatchObject({ bytesRead: size, file: { size } })
})

test('An import stopped at any batch goes on in the file and at the record where it was', async () => {
  const { store, source } = await started(MIXED)
  const { batches } = await run(store, specify(source))
  const whole = await people(store)
  for (let stopAfter = 1; stopAfter <= batches.length; stopAfter++) {
    await sql`delete from person`.execute(store.db)
    const first = await run(store, specify(source), { stopAfter })
    const { checkpoint, counters } = first.last
    const stored: unknown = JSON.parse(JSON.stringify(checkpoint.memo))
    const rest = await run(store, specify(source), {
      resume: { checkpoint: { ...checkpoint, memo: stored }, counters },
    })
    expect(rest.end).toBe('finished')
    expect(rest.last.counters).toEqual(batches.at(-1)?.counters)
    expect(await people(store)).toEqual(whole)
  }
})

test('A double is found across files, and a record may refer to one of a later file', async () => {
  const { store, folder } = await freshStore(
    `create table person (id integer primary key, name text, boss integer references person (id))`,
  )
  const source = sourceOf(folder, {
    'a.csv': 'id,name,boss\n1,Ana,3\n2,Bea,\n',
    'b.csv': 'boss,name,id\n,Carl,3\n,Bea again,2\n',
  })
  const { last, batches } = await run(store, specify({ ...source, doubles: 'reject' }))

  expect(last.counters).toMatchObject({ inserted: 3, doubles: 1, rejects: 1 })
  expect(batches.flatMap((batch) => batch.rejects)).toMatchObject([{ record: 4, line: 3 }])
})

test('The stamp of a record names its own file, and the first and last record count over all', async () => {
  const { store, source } = await started({
    'a.csv': 'id,name\n1,Ana\n2,Bea\n',
    'b.csv': 'name,id\nCarl,3\nDora,4\n',
  })
  const note = { from: { kind: 'stamp', of: 'file' } } as const
  const wanted = specify({ ...source, fields: { note }, firstRecord: 2, lastRecord: 3 })
  await run(store, wanted)

  expect(await people(store)).toEqual([
    { id: 2, name: 'Bea', age: null, note: 'a.csv' },
    { id: 3, name: 'Carl', age: null, note: 'b.csv' },
  ])
})

test('Objects of a later file may lack names and have others', async () => {
  const { store, source } = await started({
    'a.jsonl': '{"id": 1, "name": "Ana", "age": 30}\n',
    'b.jsonl': '{"note": "hi", "name": "Bea", "id": 2}\n',
  })
  const { last } = await run(store, specify(source))

  expect(last.counters).toMatchObject({ inserted: 2, rejects: 0 })
  expect(await people(store)).toEqual([
    { id: 1, name: 'Ana', age: 30, note: null },
    { id: 2, name: 'Bea', age: null, note: null },
  ])
})

test('What keeps a file out is told before the first record, and names the file', async () => {
  const { store, folder, source } = await started({
    'a.csv': 'id,name,age\n1,Ana,30\n',
    'other.jsonl': '{"id": 2, "name": "Bea"}\n',
    'narrow.csv': 'id,age\n2,31\n',
  })
  const [json = '', narrow = ''] = source.morePaths ?? []
  const missing = path.join(folder, 'missing.csv')
  await expect(refusal(store, { ...source, morePaths: [json] })).resolves.toMatchObject({
    problem: { problem: 'other_format', path: json, found: 'json_lines' },
  })
  await expect(refusal(store, { ...source, morePaths: [narrow] })).resolves.toMatchObject({
    problem: { problem: 'lacks_columns', path: narrow, columns: 'name' },
  })
  await expect(refusal(store, { ...source, morePaths: [missing] })).resolves.toMatchObject({
    problem: { problem: 'no_file', path: missing },
  })
  await expect(run(store, specify({ ...source, morePaths: [narrow] }))).rejects.toMatchObject({
    problem: { problem: 'lacks_columns', path: narrow },
  })
  expect(await people(store)).toEqual([])
})

async function refusal(store: Store, given: SomeOfImport): Promise<unknown> {
  return await checkImport(store, specify(given)).catch((error: unknown) => error)
}

test('A file that changes before it is read is named, and what was read before stays', async () => {
  const { store, source } = await started({
    'a.csv': 'id,name\n1,Ana\n',
    'b.csv': 'id,name\n2,Bea\n',
  })
  const [second = ''] = source.morePaths ?? []
  const changed = run(store, specify(source), {
    afterBatch(number) {
      if (number === 1) writeFileSync(second, 'id,name\n3,Carl\n')
      return Promise.resolve()
    },
  })
  await expect(changed).rejects.toMatchObject({
    reason: 'source_changed',
    params: { path: second },
  })
})

test('What is calculated of a record and what is masked in it are the columns of its own file', async () => {
  const { store, source } = await started({
    'a.csv': 'id,name,age\n1,Ana,30\n',
    'b.csv': 'age;id;name\nold;2;Bea\n41;3;Carl\n',
  })
  const { batches } = await run(
    store,
    specify({
      ...source,
      fields: {
        note: { from: { kind: 'expression', source: "record.name + ' ' + record.id" } },
        name: { sensitive: true },
      },
    }),
  )
  expect(await people(store)).toMatchObject([{ note: 'Ana 1' }, { note: 'Carl 3' }])
  const [reject] = batches.flatMap((batch) => batch.rejects)
  expect(reject?.raw.toString()).toBe('old;2;***')
})
