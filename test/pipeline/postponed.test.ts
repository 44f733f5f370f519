import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  freshStore,
  run,
  specify,
  written,
  type SomeOfImport,
} from '../support/pipeline/an-import.ts'

type Given = SomeOfImport

const PERSON = `create table person (
  id integer primary key, name text, boss integer references person (id)
)`

const CITY = 'create table city (id integer primary key)'

/** What a file comes to in a table that refers to itself. */
async function imported(text: string | Buffer, given: Given = {}, create = PERSON) {
  const { store, folder } = await freshStore(CITY)
  await sql.raw(create).execute(store.db)
  const path = written(folder, text)
  const specification = specify({ path, key: ['id'], stopIfAllRejected: false, ...given })
  const { batches, last } = await run(store, specification)
  return {
    store,
    folder,
    specification,
    batches,
    counters: last.counters,
    rows: (await sql`select * from person order by 1`.execute(store.db)).rows,
    told: batches.flatMap(({ journal }) => journal).filter(({ code }) => code === 'TLY-1026'),
    rejects: batches
      .flatMap((batch) => batch.rejects)
      .map(({ record, line, offset, code, raw }) => [record, line, offset, code, `${raw}`]),
  }
}

test('a file whose records refer to later ones goes in whole, and the journal tells of it', async () => {
  const { rows, told, counters, batches } = await imported(
    'id,name,boss\n1,Ann,3\n2,Bob,1\n3,Cy,\n',
  )
  expect(rows).toEqual([
    { id: 1, name: 'Ann', boss: 3 },
    { id: 2, name: 'Bob', boss: 1 },
    { id: 3, name: 'Cy', boss: null },
  ])
  expect(told).toEqual([{ code: 'TLY-1026', params: { count: 2 } }])
  expect(counters).toMatchObject({ processed: 3, inserted: 3, errors: 0 })
  // While they wait, they are not processed, and once the file was read the total is known.
  const states = batches.map(({ counters, total, checkpoint, bytesRead }) => [
    counters.processed,
    checkpoint.postponed,
    total,
    bytesRead,
  ])
  expect(states).toEqual([
    [0, 0, null, 13],
    [1, 2, null, 35],
    [1, 2, 3, 35],
    [3, 0, 3, 35],
    [3, 0, 3, 35],
  ])
})

test('what refers to no record of the file, and what refers to each other, is rejected as it stands', async () => {
  const { rows, rejects, counters } = await imported('id,boss\n1,9\n2,3\n\n3,2\n4,4\n')
  expect(rejects).toEqual([
    [1, 2, 8, 'TLY-3005', '1,9'],
    [2, 3, 12, 'TLY-3005', '2,3'],
    [3, 5, 17, 'TLY-3005', '3,2'],
  ])
  expect(rows).toEqual([{ id: 4, name: null, boss: 4 }])
  expect(counters).toMatchObject({ processed: 4, inserted: 1, rejects: 3, empty: 1 })
})

test('a record that refers to nothing in another table is rejected at once, and not kept', async () => {
  const city = 'city integer references city'
  const { rejects, told, batches } = await imported(
    'id,boss,city\n1,,7\n2,2,7\n3,,\n',
    {},
    `create table person (id integer primary key, boss integer references PERSON, ${city})`,
  )
  expect(rejects.map(([record]) => record)).toEqual([1, 2])
  expect(told).toEqual([])
  expect(batches.map(({ checkpoint }) => checkpoint.postponed)).toEqual([0, 0, 0])
})

test('a table that does not refer to itself keeps nothing', async () => {
  const create = 'create table person (id integer primary key, city integer references city)'
  const { counters, told } = await imported('id,city\n1,2\n2,\n', {}, create)
  expect(counters).toMatchObject({ inserted: 1, rejects: 1 })
  expect(told).toEqual([])
})

test.each<[string, Given, unknown[], object]>([
  ['the last one wins', {}, [{ id: 1, name: 'second', boss: 2 }], { updated: 1 }],
  [
    'the second is ignored',
    { doubles: 'ignore' },
    [{ id: 1, name: 'first', boss: 2 }],
    { doubles: 1, ignored: 1 },
  ],
  [
    'the second is rejected',
    { doubles: 'reject' },
    [{ id: 1, name: 'first', boss: 2 }],
    { doubles: 1, rejects: 1 },
  ],
])('of two records of one key, the first of which waits, %s', async (_, given, first, counted) => {
  const text = 'id,name,boss\n1,first,2\n1,second,\n2,,\n'
  const { rows, counters } = await imported(text, given)
  expect(rows).toEqual([...first, { id: 2, name: null, boss: null }])
  expect(counters).toMatchObject({ processed: 3, inserted: 2, ...counted })
})

test('a record waits for one that waits itself, by whichever key it is known', async () => {
  const create = `create table person (
    email text collate nocase unique, code integer unique, name text,
    boss text references person (email))`
  const text = 'email,code,name,boss\na,5,first,c\n,5,second,\nA,,third,\nc,,,\n'
  const { rows, counters } = await imported(text, { key: ['email'], secondKey: ['code'] }, create)
  expect(rows).toEqual([
    { email: 'A', code: 5, name: 'third', boss: 'c' },
    { email: 'c', code: null, name: null, boss: null },
  ])
  expect(counters).toMatchObject({ inserted: 2, updated: 2, rejects: 0 })
})

test('a record whose earlier one is rejected comes to its turn', async () => {
  const text = 'id,name,boss\n1,first,9\n1,second,2\n1,third,8\n2,,\n3,,1\n'
  const { rows, rejects } = await imported(text)
  expect(rows).toEqual([
    { id: 1, name: 'second', boss: 2 },
    { id: 2, name: null, boss: null },
    { id: 3, name: null, boss: 1 },
  ])
  expect(rejects.map(([record]) => record)).toEqual([1, 3])
})

test('rows that refer to each other are deleted in whatever order the file names them', async () => {
  const { store, specification } = await imported('id,boss\n1,\n2,1\n3,1\n4,2\n5,\n6,5\n')
  const path = written(specification.path.replace('/source.csv', ''), 'id\n1\n5\n2\n3\n4\n')
  const { last, batches } = await run(store, { ...specification, path, operation: 'delete' })
  expect(last.counters).toMatchObject({ deleted: 4, rejects: 1 })
  expect(batches.flatMap(({ rejects }) => rejects)).toMatchObject([{ record: 2, code: 'TLY-3012' }])
  const { rows } = await sql`select id from person`.execute(store.db)
  expect(rows).toEqual([{ id: 5 }, { id: 6 }])
})

test('a row keeps what others refer to until they refer to something else', async () => {
  const create = `create table person (
    id integer primary key, code text unique, boss text references person (code))`
  const { store, specification } = await imported('id,code,boss\n1,a,\n2,b,a\n3,c,\n', {}, create)
  const folder = specification.path.replace('/source.csv', '')
  const path = written(folder, 'id,code,boss\n1,x,\n2,,c\n3,,\n')
  const { last } = await run(store, { ...specification, path })
  expect(last.counters).toMatchObject({ updated: 2, unchanged: 1, rejects: 0 })
  const { rows } = await sql`select code, boss from person order by id`.execute(store.db)
  expect(rows).toEqual([
    { code: 'x', boss: null },
    { code: 'b', boss: 'c' },
    { code: 'c', boss: null },
  ])
})

test('a field that may be left out is left out only when nothing else comes of it', async () => {
  const create = `create table person (
    id integer primary key, boss integer references person (id) deferrable initially deferred)`
  const fields = {
    boss: { emptyOverwrites: false, onlyIfEmpty: false, onlyOnInsert: false, onError: 'warn' },
  } as const
  const { rows, counters } = await imported('id,boss\n1,3\n2,9\n3,\n', { fields }, create)
  expect(rows).toEqual([
    { id: 1, boss: 3 },
    { id: 2, boss: null },
    { id: 3, boss: null },
  ])
  expect(counters).toMatchObject({ inserted: 3, warnings: 1, rejects: 0 })
})

test.each(['utf16le', 'latin1'] as const)(
  'a record is read again as it stands, with its quotes and characters: %s',
  async (encoding) => {
    const text = 'id;boss;name\n1;2;"Ä;\n""é"""\n2;;x\n'
    const bytes = Buffer.from(encoding === 'utf16le' ? `\ufeff${text}` : text, encoding)
    const { rows } = await imported(bytes, {
      encoding: encoding === 'latin1' ? 'iso-8859-1' : null,
    })
    expect(rows).toMatchObject([{ id: 1, name: 'Ä;\n"é"' }, { id: 2 }])
  },
)

test('a default that refers to a later record waits for it', async () => {
  const create = `create table person (
    id integer primary key, name text, boss integer default 3 references person)`
  const { rows, rejects } = await imported('id,name\n1,a\n3,c\n', {}, create)
  expect(rejects).toEqual([])
  expect(rows).toMatchObject([
    { id: 1, boss: 3 },
    { id: 3, boss: 3 },
  ])
})

test('references of two columns, and records without a key, wait as well', async () => {
  const create = `create table person (
    land text collate nocase, id integer, up_land text, up_id integer, unique (land, id),
    foreign key (up_land, up_id) references person (land, id))`
  const text = 'land,id,up_land,up_id\nes,1,DE,2\nes,2,DE,\nde,2,ES,2\nes,3,fr,1\n'
  const { counters, rejects } = await imported(text, { key: [], operation: 'insert' }, create)
  expect(counters).toMatchObject({ inserted: 3, rejects: 1 })
  expect(rejects.map(([record]) => record)).toEqual([4])
})

test('what goes in does not depend on how many records are written at once', async () => {
  const pairs = Array.from({ length: 300 }, (_, at) => `${at},${at ^ 1}`)
  const { counters } = await imported(`id,boss\n${pairs.join('\n')}\n`, {
    key: [],
    operation: 'insert',
  })
  expect(counters).toMatchObject({ inserted: 0, rejects: 300 })
})

test('a long chain with its end first goes in, link by link', async () => {
  const links = Array.from({ length: 800 }, (_, at) => `${800 - at},${799 - at || ''}`)
  const { counters, batches } = await imported(`id,boss\n${links.join('\n')}\n`)
  expect(counters).toMatchObject({ inserted: 800, rejects: 0 })
  expect(batches.length).toBeLessThan(80)
})

test('a dry run keeps them in its copy, and leaves nothing', async () => {
  const { rows, counters, told, store } = await imported('id,boss\n1,2\n2,\n3,9\n', {
    dryRun: true,
  })
  expect(counters).toMatchObject({ inserted: 2, rejects: 1 })
  expect(told).toMatchObject([{ params: { count: 2 } }])
  expect(rows).toEqual([])
  expect(await store.db.selectFrom('tallyman_postponed').selectAll().execute()).toEqual([])
})

test('a run that ends at any commit goes on there, and tells once of those that wait', async () => {
  const { store, folder } = await freshStore(PERSON)
  const path = written(folder, 'id,boss\n1,2\n2,3\n3,\n4,9\n5,4\n')
  const specification = specify({ path, key: ['id'] })
  let ran = await run(store, specification, { stopAfter: 1 })
  const batches = [...ran.batches]
  while (ran.end !== 'finished') {
    // One that only goes on is its first commit; with the second it gets further.
    ran = await run(store, specification, { resume: ran.last, stopAfter: 2, diedAfter: 0 })
    batches.push(...ran.batches)
  }
  const journal = batches.flatMap(({ journal }) => journal)
  expect(journal.filter(({ code }) => code === 'TLY-1026')).toHaveLength(1)
  expect(ran.last.counters).toMatchObject({ processed: 5, inserted: 3, rejects: 2 })
  const reached = batches.map(({ checkpoint }) => checkpoint.reached ?? 0)
  expect(reached).toEqual(reached.toSorted((a, b) => a - b))
  expect(reached.at(-1)).toBe(5 + 4)
})
