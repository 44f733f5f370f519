import { existsSync, readFileSync, truncateSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Store } from '../../src/db/store.ts'
import { exportSpecification, type ExportSpecification } from '../../src/domain/specification.ts'
import { balances } from '../../src/domain/counters.ts'
import { discardExport, runExport } from '../../src/pipeline/export.ts'
import type { Batch, Resume } from '../../src/pipeline/ports.ts'
import { freshStore } from '../support/an-import.ts'

async function run(
  store: Store,
  specification: ExportSpecification,
  { resume, stopAfter = Infinity }: { resume?: Resume; stopAfter?: number } = {},
) {
  const batches: Batch[] = []
  const end = await runExport({
    store,
    jobId: 7,
    specification,
    resume,
    ports: {
      async commit(write) {
        const batch = await store.db.transaction().execute(write)
        // What a checkpoint holds goes through the database as JSON.
        batches.push({ ...batch, checkpoint: JSON.parse(JSON.stringify(batch.checkpoint)) })
        expect(balances(batch.counters, batch.total)).toBe(true)
        return batches.length >= stopAfter ? 'stop' : 'go_on'
      },
    },
  })
  const last = batches.at(-1)
  if (last === undefined) throw new Error('the export committed nothing')
  return { end, last, batches }
}

const specify = (given: Partial<ExportSpecification>) =>
  exportSpecification.parse({ table: 'person', path: '', ...given })

async function filled(rows: number) {
  const { store, folder } = await freshStore()
  const counted = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows})`
  await sql`insert into person ${counted} select i, 'name ' || i, i % 90, null from n`.execute(
    store.db,
  )
  return { store, folder, path: path.join(folder, 'out.csv') }
}

describe('an export', () => {
  test('writes what an independent reader reads again, whatever the texts hold', async () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom('', 'a,b', 'say "x"', 'two\nlines', '\r', 'ñ€'),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(text, fc.option(text), fc.integer()), { maxLength: 20 }),
        async (rows) => {
          const { store, folder } = await freshStore(
            'create table person (a text, b text, n integer)',
          )
          for (const [a, b, n] of rows) {
            await sql`insert into person values (${a}, ${b}, ${n})`.execute(store.db)
          }
          const file = path.join(folder, 'out.csv')
          await run(store, specify({ path: file }))
          const read = parse(readFileSync(file), { from_line: 1, relax_column_count: false })
          expect(read).toEqual([
            ['a', 'b', 'n'],
            ...rows.map(([a, b, n]) => [a, b ?? '', String(n)]),
          ])
          await store.close()
        },
      ),
      { numRuns: 50 },
    )
  })

  test('tells null from an empty text, and keeps whole numbers of 64 bits and bytes', async () => {
    const { store, folder } = await freshStore(
      'create table person (a text, b text, n integer, x blob)',
    )
    await sql`insert into person values (null, '', 9007199254740993, x'00ff')`.execute(store.db)
    const file = path.join(folder, 'out.csv')
    await run(store, specify({ path: file, header: false }))
    expect(readFileSync(file, 'utf8')).toBe(',"",9007199254740993,00ff\n')
  })

  test('takes the chosen columns in their order, another delimiter, and no header', async () => {
    const { store, path } = await filled(2)
    await run(store, specify({ path, columns: ['NAME', 'id'], delimiter: ';', header: false }))
    expect(readFileSync(path, 'utf8')).toBe('name 1;1\nname 2;2\n')
  })

  test.each([
    ['a view', 'create view person as select 1 as id union all select 2', '1\n2\n'],
    [
      'a table without rowid',
      `create table person (a text, id integer, primary key (a, id)) without rowid`,
      '',
    ],
  ])('reads %s', async (_name, create, expected) => {
    const { store, folder } = await freshStore(create)
    const file = path.join(folder, 'out.csv')
    await run(store, specify({ path: file, header: false }))
    expect(readFileSync(file, 'utf8')).toBe(expected)
  })

  test.each([false, true])(
    'that was stopped anywhere comes to the same bytes (gzip: %s)',
    async (gzip) => {
      const { store, path: whole, folder } = await filled(12_000)
      const { batches } = await run(store, specify({ path: whole, gzip }))
      for (let stopAfter = 1; stopAfter < batches.length - 1; stopAfter++) {
        const again = path.join(folder, `again-${stopAfter}.csv`)
        const stopped = await run(store, specify({ path: again, gzip }), { stopAfter })
        expect([stopped.end, existsSync(again)]).toEqual([
          stopAfter < batches.length - 1 ? stopped.end : '',
          stopped.end === 'finished',
        ])
        const resumed = await run(store, specify({ path: again, gzip }), { resume: stopped.last })
        expect(readFileSync(again).equals(readFileSync(whole))).toBe(true)
        expect(resumed.last.counters).toMatchObject({ processed: 12_000, inserted: 12_000 })
        expect(resumed.last.file).toEqual(batches.at(-1)?.file)
      }
      const text = gzip ? gunzipSync(readFileSync(whole)) : readFileSync(whole)
      expect(text.toString().split('\n').length).toBe(12_002)
    },
  )

  test('whose part was cut short begins anew', async () => {
    const { store, path } = await filled(12_000)
    const stopped = await run(store, specify({ path }), { stopAfter: 2 })
    expect([stopped.end, existsSync(path)]).toEqual(['stopped', false])
    truncateSync(`${path}.tallyman-7.part`, 10)
    const { last } = await run(store, specify({ path }), { resume: stopped.last })
    expect(last.counters.processed).toBe(12_000)
    expect(readFileSync(path, 'utf8').split('\n').length).toBe(12_002)
  })

  test('that died between its name and its last commit is finished without writing again', async () => {
    const { store, path } = await filled(10)
    const { batches } = await run(store, specify({ path }))
    const sealed = batches.at(-2)
    const { end, batches: after } = await run(store, specify({ path }), {
      resume: sealed ? { counters: sealed.counters, checkpoint: sealed.checkpoint } : undefined,
    })
    expect([end, after.length]).toEqual(['finished', 1])
  })

  test('that is given up leaves nothing behind', async () => {
    const { store, path } = await filled(12_000)
    await run(store, specify({ path }), { stopAfter: 2 })
    await discardExport(specify({ path }), 7)
    expect(existsSync(`${path}.tallyman-7.part`)).toBe(false)
  })

  test('says which table, column or folder is not there', async () => {
    const { store, path } = await filled(1)
    await expect(run(store, specify({ path, table: 'nobody' }))).rejects.toMatchObject({
      reason: 'target_missing',
    })
    await expect(run(store, specify({ path, columns: ['nothing'] }))).rejects.toMatchObject({
      reason: 'target_changed',
    })
    await expect(run(store, specify({ path: '/no/such/folder/out.csv' }))).rejects.toMatchObject({
      reason: 'output_failed',
    })
  })
})
