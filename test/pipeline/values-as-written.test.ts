import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Store } from '../../src/db/store.ts'
import { MESSAGES, type Message } from '../../src/domain/words/messages.ts'
import {
  run as runExport,
  specify as parseExportSpecification,
} from '../support/pipeline/an-export.ts'
import { byDatabase } from '../support/databases.ts'
import { freshStore, run as runImport, specify, written } from '../support/pipeline/an-import.ts'
import { cleanFile, textOf } from '../support/pipeline/clean-files.ts'
import { rounds } from '../support/faults/chance.ts'
import { holdInManyCases } from '../support/faults/many-cases.ts'

/** Imports a file into a table that is made after it, and exports that again. */
async function thereAndBack(store: Store, folder: string, source: string) {
  const file = path.join(folder, 'source.csv')
  writeFileSync(file, source)
  const made = { table: 'made', create: true, operation: 'insert', path: file } as const
  const { last, batches } = await runImport(store, specify({ ...made, delimiter: ',' }))
  const back = path.join(folder, 'back.csv')
  const exported = await runExport(store, parseExportSpecification({ table: 'made', path: back }))
  const journal = [...batches, ...exported.batches].flatMap((batch) => batch.journal)
  return { last, journal, back: readFileSync(back, 'utf8') }
}

async function typesOf(store: Store): Promise<Record<string, string>> {
  const table = await store.tables.describe(store.db, 'made')
  return Object.fromEntries(table?.columns.map(({ name, declared }) => [name, declared]) ?? [])
}

const warnings = (journal: Message[]) => journal.filter(({ code }) => MESSAGES[code] === 'warning')

test('a column has a type only where every value, written back, is the text that it was', async () => {
  const { store, folder } = await freshStore()
  const source = [
    'whole,part,yes,day,time,zeros,price,code,plus,long,blank,word',
    '1,1.5,true,2024-02-29,2024-02-29T10:00:00,007,1.50,1E5,+5,12345678901234567890, 5,TRUE',
    '-20,2,false,2024-12-31,2024-12-31 00:00:00,8,2.25,12,5,1,5,FALSE',
    '',
  ].join('\n')
  const { back, journal } = await thereAndBack(store, folder, source)
  expect(back).toBe(source)
  const text = byDatabase({ SQLite: 'TEXT', PostgreSQL: 'text' })
  expect(await typesOf(store)).toEqual({
    ...byDatabase({
      SQLite: {
        whole: 'INTEGER',
        part: 'NUMERIC',
        yes: 'BOOLEAN',
        day: 'DATE',
        time: 'DATETIME',
        price: text,
        long: text,
      },
      // Decimals keep all their digits there, and a time the form that it is written in.
      PostgreSQL: {
        whole: 'integer',
        part: 'numeric',
        yes: 'boolean',
        day: 'date',
        time: text,
        price: 'numeric',
        long: 'numeric',
      },
    }),
    zeros: text,
    code: text,
    plus: text,
    blank: text,
    word: text,
  })
  const reasons = journal.filter(({ code }) => code === 'TLY-1120' || code === 'TLY-1121')
  expect(reasons.map(({ params }) => params)).toEqual([
    {
      count: 2,
      typed: byDatabase({
        SQLite: 'whole integer, part number, yes boolean, day date, time datetime',
        PostgreSQL: 'whole integer, part number, yes boolean, day date, price number, long number',
      }),
    },
    {
      columns: byDatabase({
        SQLite:
          'zeros (007), price (1.50), code (1E5), plus (+5), long (12345678901234567890), blank ( 5)',
        PostgreSQL: 'zeros (007), code (1E5), plus (+5), blank ( 5)',
      }),
    },
  ])
})

test('keys that are not the same text are not the same record', async () => {
  const { store, folder } = await freshStore()
  const file = written(folder, 'version,code\n3.1,1E3\n3.10,1000\n3.1,10E2\n')
  const made = { table: 'made', create: true, path: file, key: ['version'] }
  const { last } = await runImport(store, specify(made))
  expect(last.counters).toMatchObject({ inserted: 2, updated: 1 })
  const { rows } = await sql`select * from made order by version`.execute(store.db)
  expect(rows).toEqual([
    { version: '3.1', code: '10E2' },
    { version: '3.10', code: '1000' },
  ])
})

/** More records than those that the types are told by. */
const MANY = 10_050

test('what comes after the first records and has another form makes the table anew, and is no reject', async () => {
  const { store, folder } = await freshStore()
  const rows = Array.from({ length: MANY }, (_, at) => `${at},${at},true,2024-01-05,${at}.5`)
  const late = ['x1,1.5,false,2024-01-05 10:00:00,7', '02134,2,no,today,1E5']
  const source = ['id,n,yes,day,part', ...rows, ...late, ''].join('\n')
  const { back, last, journal } = await thereAndBack(store, folder, source)
  expect(back).toBe(source)
  expect(last.counters).toMatchObject({ inserted: MANY + 2, rejects: 0 })
  const [text, number] = byDatabase({
    SQLite: ['TEXT', 'NUMERIC'],
    PostgreSQL: ['text', 'numeric'],
  })
  expect(await typesOf(store)).toEqual({ id: text, n: number, yes: text, day: text, part: text })
  expect(journal.map(({ code }) => code)).toContain('TLY-1122')
  expect(warnings(journal)).toEqual([])
})

test('a table that somebody else uses by then stays as it is, and somebody is told', async () => {
  const { store, folder } = await freshStore()
  const rows = Array.from({ length: MANY }, (_, at) => String(at))
  const file = written(folder, ['zip', ...rows, '02134', ''].join('\n'))
  const specification = specify({ table: 'made', create: true, operation: 'insert', path: file })
  const trigger = byDatabase({
    SQLite: 'create trigger other after delete on made begin select 1; end',
    PostgreSQL: `create trigger other before update on made
      for each row execute function suppress_redundant_updates_trigger()`,
  })
  const { last, batches } = await importMeanwhile(store, specification, trigger)
  expect(last.counters).toMatchObject({ inserted: MANY, rejects: 1 })
  const told = warnings(batches.flatMap(({ journal }) => journal))
  expect(told.map(({ code }) => code)).toEqual(['TLY-1123'])
})

/** Somebody makes a trigger once the table is there. */
async function importMeanwhile(
  store: Store,
  specification: ReturnType<typeof specify>,
  trigger: string,
) {
  return await runImport(store, specification, {
    async afterBatch(number) {
      if (number === 1) await sql.raw(trigger).execute(store.db)
    },
  })
}

test(
  'of a clean file nothing is skipped, dropped, renamed or changed, and it comes back byte for byte',
  { timeout: 24 * 60 * 60_000 },
  async () => {
    await holdInManyCases(
      'clean files',
      rounds(25, 5_000),
      cleanFile,
      async (store, { header, rows }, folder) => {
        await sql`drop table if exists made`.execute(store.db)
        const source = textOf([header, ...rows])
        const { last, journal, back } = await thereAndBack(store, folder, source)
        expect(last.counters).toMatchObject({ inserted: rows.length, rejects: 0, empty: 0 })
        expect(warnings(journal)).toEqual([])
        if (header.length > 1) expect(back).toBe(source)
      },
    )
  },
)
