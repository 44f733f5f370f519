import { gzipSync } from 'node:zlib'
import { appendFileSync, rmSync, writeFileSync } from 'node:fs'
import { sql } from 'kysely'
import { describe, expect, inject, test } from 'vitest'
import { JobFailure } from '../../../src/domain/words/failures.ts'
import type { MessageParams } from '../../../src/domain/words/messages.ts'
import { runImport } from '../../../src/pipeline/import/import.ts'
import type { Batch } from '../../../src/domain/jobs/batch.ts'
import type { RunPorts } from '../../../src/pipeline/ports.ts'
import {
  freshStore,
  people,
  run,
  specify,
  STAMPS,
  written,
  type Ran,
} from '../../support/pipeline/an-import.ts'
import { portsWith } from '../../support/jobs/run-ports.ts'

async function failure(running: Promise<Ran>): Promise<unknown> {
  const error: unknown = await running.catch((thrown: unknown) => thrown)
  return error instanceof JobFailure ? { reason: error.reason, ...error.params } : error
}

const OPTIONS = {
  emptyOverwrites: false,
  onlyIfEmpty: false,
  onlyOnInsert: false,
  onError: 'reject',
} as const

describe('fields', () => {
  test('an empty value keeps what is stored, unless it is to overwrite', async () => {
    const { store, folder } = await freshStore()
    await sql`insert into person values (1, 'Ana', 30, 'old')`.execute(store.db)
    const path = written(folder, 'id,name,age,note\n1,,,\n')

    const kept = await run(store, specify({ path, key: ['id'] }))
    expect(kept.last.counters.unchanged).toBe(1)

    const fields = { note: { ...OPTIONS, emptyOverwrites: true } }
    const emptied = await run(store, specify({ path, key: ['id'], fields }))
    expect(emptied.last.counters.updated).toBe(1)
    expect(await people(store)).toEqual([{ id: 1, name: 'Ana', age: 30, note: null }])
  })

  test('a field can be filled only where it is empty, or only in new records', async () => {
    const { store, folder } = await freshStore()
    await sql`insert into person values (1, 'Ana', 30, null), (2, 'Bo', 40, 'b')`.execute(store.db)
    const path = written(folder, 'id,name,age,note\n1,A,31,new\n2,B,41,new\n3,C,51,new\n')
    const fields = {
      note: { ...OPTIONS, onlyIfEmpty: true },
      age: { ...OPTIONS, onlyOnInsert: true },
    }
    await run(store, specify({ path, key: ['id'], fields }))
    expect(await people(store)).toEqual([
      { id: 1, name: 'A', age: 30, note: 'new' },
      { id: 2, name: 'B', age: 40, note: 'b' },
      { id: 3, name: 'C', age: 51, note: 'new' },
    ])
  })

  test('a value that does not fit can cost the field, the record or the rest of the file', async () => {
    for (const onError of ['warn', 'reject', 'stop'] as const) {
      const { store, folder } = await freshStore()
      const path = written(folder, 'id,name,age\n1,Ana,old\n2,Bo,-4\n3,Cy,5\n')
      const fields = { age: { ...OPTIONS, onError } }
      const running = run(store, specify({ path, key: ['id'], fields }))

      if (onError === 'stop') {
        expect(await failure(running)).toEqual({
          reason: 'stopped_by_field',
          field: 'age',
          record: 1,
        })
        expect(await people(store)).toEqual([])
      } else {
        const { counters } = (await running).last
        const rejects = onError === 'reject' ? 2 : 0
        expect(counters).toMatchObject({ rejects, errors: rejects, warnings: 2 - rejects })
        expect((await people(store)).length).toBe(3 - rejects)
      }
      await store.close()
    }
  })

  test('what the database refuses stops the import where the field says so, and writes nothing more', async () => {
    const { store, folder } = await freshStore()
    const path = written(folder, 'id,name,age\n1,Ana,1\n2,Bo,-4\n3,Cy,5\n')
    const fields = { age: { ...OPTIONS, onError: 'stop' as const } }
    expect(await failure(run(store, specify({ path, key: ['id'], fields })))).toEqual({
      reason: 'stopped_by_field',
      field: 'age',
      record: 2,
    })
    expect((await people(store)).length).toBe(1)
  })

  test('names a bad value of every field of a record', async () => {
    const { store, folder } = await freshStore()
    const path = written(folder, 'id,name,age\nx,Ana,old\n')
    const { last, batches } = await run(store, specify({ path, key: ['id'] }))
    expect(last.counters).toMatchObject({ rejects: 1, errors: 2 })
    expect(batches.flatMap((batch) => batch.rejects).map((reject) => reject.field)).toEqual([
      'id',
      'age',
    ])
  })

  test('tells the first thousand faults of a record, and how many more there are', async () => {
    const names = Array.from({ length: 1_500 }, (_, at) => `f${at}`)
    const columns = names.map((name) => `${name} integer`).join(', ')
    const { store, folder } = await freshStore(`create table person (${columns})`)
    const path = written(folder, `${names.join()}\n${names.map(() => 'x').join()}\n`)
    const { last, batches } = await run(store, specify({ path, operation: 'insert' }))
    const rejects = batches.flatMap((batch) => batch.rejects)
    expect(last.counters).toMatchObject({ rejects: 1, errors: 1_001 })
    expect(rejects).toHaveLength(1_001)
    expect(rejects.at(-1)).toMatchObject({ field: null, code: 'TLY-3060', params: { count: 500 } })
    expect(new Set(rejects.map(({ raw }) => raw)).size).toBe(1)
  })

  test('commits fewer records at once where much is told of them', async () => {
    const columns = Array.from({ length: 500 }, (_, at) => `f${at} integer`).join(', ')
    const { store, folder } = await freshStore(`create table person (${columns})`)
    const wide = `${Array(500).fill('x').join()}\n`.repeat(500)
    const path = written(
      folder,
      `${Array.from({ length: 500 }, (_, at) => `f${at}`).join()}\n${wide}`,
    )
    const keepGoing = { operation: 'insert', stopIfAllRejected: false } as const
    const { last, batches } = await run(store, specify({ path, ...keepGoing }))
    expect(last.counters).toMatchObject({ processed: 500, rejects: 500, errors: 250_000 })
    // A chunk of records begins below the bound.
    const most = Math.max(...batches.map((batch) => batch.rejects.length))
    expect(most).toBeLessThan(20_000 + 150_000)
  })
})

describe('keys', () => {
  test('a record whose first key is empty is found by the second', async () => {
    const { store, folder } = await freshStore()
    await sql`insert into person values (1, 'Ana', 30, 'a@x')`.execute(store.db)
    const path = written(folder, 'id,name,age,note\n,Anna,31,a@x\n,Nobody,1,\n')
    const { last, batches } = await run(
      store,
      specify({ path, key: ['id'], secondKey: ['note'], operation: 'update' }),
    )
    expect(last.counters).toMatchObject({ updated: 1, rejects: 1 })
    expect(await people(store)).toEqual([{ id: 1, name: 'Anna', age: 31, note: 'a@x' }])
    expect(batches[0]?.journal.map((entry) => entry.code)).toContain('TLY-1014')
  })

  test('a key that finds several rows rejects the record', async () => {
    const { store, folder } = await freshStore()
    await sql`insert into person values (1, 'Ana', 1, 'a'), (2, 'Bo', 1, 'a')`.execute(store.db)
    const path = written(folder, 'name,age,note\nCy,5,a\n')
    const { batches } = await run(store, specify({ path, key: ['note'], operation: 'update' }))
    expect(batches.flatMap((batch) => batch.rejects).map(({ code }) => code)).toEqual(['TLY-3009'])
  })

  test('unique and foreign keys of the table reject the record that breaks them', async () => {
    const { store, folder } = await freshStore('create table year (n integer primary key)')
    await sql`create table person (id integer primary key, name text unique,
      age integer references year(n), note text)`.execute(store.db)
    const path = written(folder, 'id,name,age\n1,Ana,\n2,Ana,\n3,Bo,7\n')
    const { batches } = await run(store, specify({ path, key: ['id'] }))
    expect(
      batches
        .flatMap((batch) => batch.rejects)
        .map(({ record, code, field }) => ({ record, code, field })),
    ).toEqual([
      { record: 2, code: 'TLY-3004', field: 'name' },
      // SQLite does not say which of the keys it was.
      { record: 3, code: 'TLY-3005', field: inject('database') === 'SQLite' ? null : 'age' },
    ])
  })
})

describe('mapping', () => {
  test('ignores case, spaces, underscores and accents, and leaves out what fits nothing', async () => {
    const { store, folder } = await freshStore(
      'create table person (id integer, "first_name" text, año text)',
    )
    const path = written(folder, 'ID;First Name;ANO;Other\n1;Ana;1990;x\n')
    const { batches } = await run(store, specify({ path, operation: 'insert' }))
    expect((await people(store))[0]).toEqual({ id: 1, first_name: 'Ana', año: '1990' })
    expect(mappingIn(batches)).toMatchObject({ left_out: 'Other' })
  })

  test('a given mapping goes before the names, also by number where there is no header', async () => {
    const { store, folder } = await freshStore()
    const path = written(folder, 'a,7\n')
    await run(
      store,
      specify({ path, operation: 'insert', header: false, map: { 1: 'name', 2: 'id' } }),
    )
    expect(await people(store)).toEqual([{ id: 7, name: 'a', age: null, note: null }])
  })

  test('the reject columns of a corrected file are left out', async () => {
    const { store, folder } = await freshStore()
    const columns =
      'reject_line,reject_record,reject_connector,reject_field,reject_code,reject_message'
    const path = written(folder, `id,name,${columns}\n1,Ana,2,1,text,,TLY-2001,x\n`)
    const { batches, last } = await run(store, specify({ path, key: ['id'] }))
    expect(last.counters.inserted).toBe(1)
    expect(mappingIn(batches)).toMatchObject({ left_out: columns.replaceAll(',', ', ') })
  })

  test('a key that no column fills is refused before anything is written', async () => {
    const { store, folder } = await freshStore()
    const path = written(folder, 'name\nAna\n')
    expect(await failure(run(store, specify({ path, key: ['id'] })))).toMatchObject({
      reason: 'invalid_specification',
    })
  })
})

describe('limits', () => {
  const bad = (count: number) => Array.from({ length: count }, () => 'x,Ana\n').join('')

  test('stops when the first 100 records are all rejected', async () => {
    const { store, folder } = await freshStore()
    const path = written(folder, `id,name\n${bad(150)}1,Ana\n`)
    expect(await failure(run(store, specify({ path, key: ['id'] })))).toMatchObject({ count: 100 })
  })

  test('goes on when one of the first 100 is good', async () => {
    const { store, folder } = await freshStore()
    const path = written(folder, `id,name\n${bad(99)}1,Ana\n${bad(50)}`)
    const { last } = await run(store, specify({ path, key: ['id'] }))
    expect(last.counters).toMatchObject({ rejects: 149, inserted: 1 })
  })

  test('stops after as many rejects as allowed, and writes nothing behind them', async () => {
    const { store, folder } = await freshStore()
    const path = written(folder, `id,name\n1,A\n${bad(2)}2,B\n${bad(1)}3,C\n`)
    const specification = specify({ path, key: ['id'], maxRejects: 3 })
    expect(await failure(run(store, specification))).toMatchObject({ reason: 'too_many_rejects' })
    expect((await people(store)).length).toBe(2)
  })

  test('stops deep in a batch of thousands as well', async () => {
    const { store, folder } = await freshStore()
    const good = (first: number, count: number) =>
      Array.from({ length: count }, (_, at) => `${first + at},Ana\n`).join('')
    const text = `id,name\n${good(1, 3300)}${bad(2)}${good(5000, 700)}${bad(1)}${good(9000, 2000)}`
    const specification = specify({ path: written(folder, text), key: ['id'], maxRejects: 3 })
    expect(await failure(run(store, specification))).toMatchObject({ reason: 'too_many_rejects' })
    expect((await people(store)).length).toBe(4000)
  })
})

describe('a run', () => {
  test('a dry run counts everything and writes nothing, doubles included', async () => {
    const { store, folder } = await freshStore()
    const path = written(folder, 'id,name\n1,Ana\n1,Anna\n2,\n')
    const { last } = await run(store, specify({ path, key: ['id'], dryRun: true }))
    expect(last.counters).toMatchObject({ inserted: 1, updated: 1, rejects: 1 })
    expect(await people(store)).toEqual([])
  })

  test('a dry run tells that it is one before it tells what it makes', async () => {
    const { store, folder } = await freshStore()
    const path = written(folder, 'id,name\n1,Ana\n')
    const made = { path, table: 'made', create: true, key: ['id'] }
    const { batches } = await run(store, specify({ ...made, dryRun: true }))
    const told = batches.flatMap((batch) => batch.journal).map(({ code }) => code)
    expect(told).toEqual(['TLY-1016', 'TLY-1022', 'TLY-1100', 'TLY-1015', 'TLY-1120', 'TLY-1013'])
    expect(await store.tables.describe(store.db, 'made')).toBeUndefined()
  })

  test('trace mode writes a journal entry for each record', async () => {
    const { store, folder } = await freshStore()
    const path = written(folder, 'id,name\n1,Ana\n2,\n')
    const { batches } = await run(store, specify({ path, key: ['id'], trace: true }))
    const traced = batches
      .flatMap((batch) => batch.journal)
      .filter(({ code }) => code === 'TLY-1017')
    expect(traced.map(({ params }) => params['outcome'])).toEqual(['inserted', 'rejected'])
  })

  test('creates a table after the file: codes stay texts, numbers become numbers', async () => {
    const { store, folder } = await freshStore()
    const path = written(folder, 'id,zip,price,name\n1,08001,1.5,Ana\n2,28001,2,Bo\n')
    await run(store, specify({ path, table: 'shop', create: true, key: ['id'] }))
    const table = await store.tables.describe(store.db, 'shop')
    expect(table?.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'id integer',
      'zip text',
      'price number',
      'name text',
    ])
    expect(table?.primaryKey).toEqual(['id'])
  })

  test('counts empty lines, and knows the total only at the end', async () => {
    const { store, folder } = await freshStore()
    const path = written(folder, '\nid,name\n\n1,Ana\n\n\n2,Bo\n\n')
    const { last, batches } = await run(store, specify({ path, key: ['id'] }))
    expect(last).toMatchObject({ total: 2, counters: { empty: 5, inserted: 2 } })
    expect(batches[0]?.total).toBe(null)
  })

  test.each([
    ['an empty file', ''],
    ['a header alone', 'id,name\n'],
  ])('%s is finished without a record', async (_name, text) => {
    const { store, folder } = await freshStore()
    const { end, last } = await run(store, specify({ path: written(folder, text), key: ['id'] }))
    expect([end, last.total]).toEqual(['finished', 0])
  })

  test('reads Windows-1252, UTF-16 and gzip, and tells a cut gzip after the records before the cut', async () => {
    const { store, folder } = await freshStore()
    const text = 'id,name\n1,Señor €\n'
    const cp1252 = Buffer.from(text.replace('€', '\x80'), 'latin1')
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le')
    for (const bytes of [Buffer.from(text), cp1252, utf16, gzipSync(text)]) {
      await run(store, specify({ path: written(folder, bytes), key: ['id'] }))
      expect(await people(store)).toEqual([{ id: 1, name: 'Señor €', age: null, note: null }])
      await sql`delete from person`.execute(store.db)
    }
    const rows = Array.from(
      { length: 20_000 },
      (_, index) => `${index},${(index * 7919) % 10_007}\n`,
    )
    const whole = gzipSync(`id,name\n${rows.join('')}`)
    const path = written(folder, whole.subarray(0, whole.length / 2))
    expect(await failure(run(store, specify({ path, key: ['id'] })))).toMatchObject({
      reason: 'source_truncated',
    })
    expect((await people(store)).length).toBeGreaterThan(1000)
  })

  test('tells a damaged gzip after the records before the damage', async () => {
    const { store, folder } = await freshStore()
    const rows = Array.from(
      { length: 50_000 },
      (_, index) => `${index},${(index * 7919) % 10_007}\n`,
    )
    const whole = Buffer.concat([gzipSync(`id,name\n${rows.join('')}`), Buffer.from('garbage')])
    const path = written(folder, whole)
    expect(await failure(run(store, specify({ path, key: ['id'] })))).toMatchObject({
      reason: 'source_damaged',
    })
    expect(await people(store)).toHaveLength(50_000)
  })

  test('a column whose header is blank is imported under the name that the table gives it', async () => {
    const { store, folder } = await freshStore()
    const path = written(folder, 'id,,name\n1,2,x\n')
    await run(store, specify({ path, table: 'made', create: true, operation: 'insert' }))
    const made = await sql`select * from made`.execute(store.db)
    expect(made.rows).toEqual([{ id: 1, column_2: 2, name: 'x' }])
  })

  test('a table is made after a file that is looked at before anybody must wait for the lock', async () => {
    const { store, folder } = await freshStore()
    const path = written(folder, 'id,name\n1,x\n')
    const specification = specify({ path, table: 'made', create: true, operation: 'insert' })
    const commit: RunPorts['commit'] = async (write) => {
      rmSync(path)
      await store.db.transaction().execute(write)
      return 'stop'
    }
    await runImport({
      store,
      jobId: 1,
      stamps: STAMPS,
      specification,
      resume: undefined,
      diedAfter: null,
      ports: portsWith(commit),
    })
    expect((await store.tables.describe(store.db, 'made'))?.columns).toMatchObject([
      { name: 'id', type: 'integer' },
      { name: 'name', type: 'text' },
    ])
  })

  test('a table is made with the names that the columns are mapped to, as they are mapped', async () => {
    const { store, folder } = await freshStore()
    const path = written(folder, 'id,Apellido Materno\n1,x\n')
    const map = { apellido_materno: 'surname' }
    await run(store, specify({ path, table: 'made', create: true, operation: 'insert', map }))
    const made = await sql`select * from made`.execute(store.db)
    expect(made.rows).toEqual([{ id: 1, surname: 'x' }])
  })

  test('the journal says how the file is read', async () => {
    const { store, folder } = await freshStore()
    const path = written(folder, Buffer.from('id\tname\n1\tAnd\xe9\n', 'latin1'))
    const { batches } = await run(store, specify({ path, key: ['id'] }))
    expect(batches[0]?.journal[0]).toEqual({
      code: 'TLY-1022',
      params: { encoding: 'windows-1252', delimiter: '\\t', columns: 'id, name' },
    })
    expect(await people(store)).toMatchObject([{ name: 'Andé' }])
  })

  test('does not go on with a file that was changed, of the same size or of another', async () => {
    const { store, folder } = await freshStore()
    const rows = Array.from({ length: 500 }, (_, index) => `${index + 1},n\n`).join('')
    const text = `id,name\n${rows}`
    const path = written(folder, text)
    const specification = specify({ path, key: ['id'] })
    const stopped = await run(store, specification, { stopAfter: 3 })
    const resume = {
      counters: stopped.last.counters,
      checkpoint: stopped.last.checkpoint,
    }
    writeFileSync(path, text.replace('500,n', '500,m'))
    expect(await failure(run(store, specification, { resume }))).toMatchObject({
      reason: 'source_changed',
    })
    appendFileSync(path, '501,n\n')
    expect(await failure(run(store, specification, { resume }))).toMatchObject({
      reason: 'source_changed',
    })
  })
})

describe('a file in which nothing can be read', () => {
  test('has no good record without a header either, and rejects each one', async () => {
    const { store, folder } = await freshStore()
    const path = written(folder, '\0\n\0\n')
    const { end, last } = await run(
      store,
      specify({ path, key: ['id'], header: false, encoding: 'utf-8' }),
    )
    expect([end, last.total, last.counters.rejects]).toEqual(['finished', 2, 2])
  })

  test('because its delimiter is none of its encoding is refused', async () => {
    const { store, folder } = await freshStore()
    const path = written(folder, 'id,name\n')
    const specification = specify({ path, key: ['id'], delimiter: '€', encoding: 'iso-8859-1' })
    expect(await failure(run(store, specification))).toMatchObject({
      reason: 'invalid_specification',
      problem: 'delimiter_unknown',
    })
  })

  test('because the other half of its quote is none of its encoding is refused', async () => {
    const { store, folder } = await freshStore()
    const given = { path: written(folder, 'id,name\n'), encoding: 'iso-8859-16', quote: '„' }
    expect(await failure(run(store, specify(given)))).toMatchObject({
      reason: 'invalid_specification',
      delimiter: '“',
    })
  })
})

function mappingIn(batches: Batch[]): MessageParams | undefined {
  return batches[0]?.journal.find(({ code }) => code === 'TLY-1013')?.params
}
