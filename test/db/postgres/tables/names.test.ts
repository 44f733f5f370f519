import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { UnusableError } from '../../../../src/domain/words/errors.ts'
import { problemText } from '../../../../src/i18n/catalogue.ts'
import { aStore } from '../../../support/a-store.ts'
import { tallyman } from '../../../support/programs/cli.ts'

/** A database with these tables, and what the program does there. */
async function databaseWith(statements: string[]) {
  const { folder, store } = await aStore()
  const run = async (text: string) => (await sql.raw(text).execute(store.db)).rows
  const drop = async () => void (await run('drop schema if exists sales cascade'))
  await drop()
  onTestFinished(drop)
  for (const statement of statements) await run(statement)
  writeFileSync(path.join(folder, 'so.csv'), 'id,v\n1,new\n')
  const program = async (...args: string[]) =>
    await tallyman(folder, [...args, '--database', store.url])
  const nameOf = async (name: string) => {
    try {
      return (await store.tables.describe(store.db, name))?.name
    } catch (error) {
      if (error instanceof UnusableError) return problemText('en', error.problem)
      throw error
    }
  }
  return { store, run, program, nameOf }
}

const BOTH = [
  'create schema sales',
  'create table sales.cr (id int, v text)',
  'create table "sales.cr" (id int, v text)',
]

test('a name in quotes is schema and table, or one name with a dot; without, neither is guessed', async () => {
  const { store, run, program, nameOf } = await databaseWith(BOTH)
  const rowsOf = async (table: string) => await run(`select id from ${table}`)
  expect(await program('import', 'so.csv', '--into', '"sales"."cr"')).toMatchObject({ code: 0 })
  expect([await rowsOf('sales.cr'), await rowsOf('"sales.cr"')]).toEqual([[{ id: 1 }], []])
  const read = await program('export', '"sales.cr"', '--to', '-')
  expect([read.code, read.out]).toEqual([0, 'id,v\n'])
  expect((await program('export', '"sales"."cr"', '--to', '-')).out).toBe('id,v\n1,new\n')
  expect((await program('export', 'sales."cr"', '--to', '-')).out).toBe('id,v\n1,new\n')

  const refused = await program('import', 'so.csv', '--into', 'sales.cr')
  expect([refused.code, refused.err]).toEqual([
    2,
    expect.stringContaining(
      'The name sales.cr could mean any of these: "sales"."cr", "public"."sales.cr"; write the one that is meant, with its quotes.',
    ),
  ])
  // Where it is listed, each has a name that finds it.
  const listed = (await store.tables.list(store.db, 9)).map(({ name }) => name)
  expect(listed).toEqual(['"sales.cr"', '"sales"."cr"'])
  for (const name of listed) expect(await nameOf(name)).toBe(name)
  // Also where the schema has no such table, it could be meant.
  await run('drop table sales.cr')
  expect(await nameOf('sales.cr')).toContain(
    'could mean any of these: "sales"."cr", "public"."sales.cr"',
  )
  await run('drop schema sales')
  expect(await nameOf('sales.cr')).toBe('"sales.cr"')
})

test('a name is taken as written, else in other capitals where only one table has it', async () => {
  const { run, program, nameOf } = await databaseWith([
    'create table two (id int, v text)',
    'create table "TWO" (id int, v text)',
    'create table "Two" (id int, v text)',
    'create table "Mixed" (id int, v text)',
    'create schema sales',
    'create table sales."Customer" (id int)',
  ])
  const refused = await program('import', 'so.csv', '--into', 'tWO')
  expect([refused.code, refused.err]).toEqual([
    2,
    expect.stringContaining(
      'The name tWO could mean any of these: "public"."TWO", "public"."Two", "public"."two";',
    ),
  ])
  for (const name of ['two', 'TWO', 'Two']) expect(await nameOf(name)).toBe(name)
  expect(await program('import', 'so.csv', '--into', 'mixed')).toMatchObject({ code: 0 })
  expect(await run('select id from "Mixed"')).toEqual([{ id: 1 }])
  // In quotes it is that name alone.
  expect(await nameOf('"mixed"')).toBeUndefined()
  expect(await nameOf('"Mixed"')).toBe('Mixed')
  expect(await nameOf('Sales.customer')).toBe('sales."Customer"')
  expect(await nameOf('sales."customer"')).toBeUndefined()
  // One that is made has the capitals with which it is written.
  expect(await program('import', 'so.csv', '--into', '"mixed"', '--create')).toMatchObject({
    code: 0,
  })
  expect(await run('select id from mixed')).toEqual([{ id: 1 }])
})

test('a table is made in a schema that is there, and with a dot in its name only in quotes', async () => {
  const { run, program } = await databaseWith(['create schema sales'])
  const into = async (name: string) => await program('import', 'so.csv', '--into', name, '--create')
  for (const name of ['saels.customer', 'customer.', '"Sales".customer']) {
    const { code, err } = await into(name)
    expect([code, err]).toEqual([2, expect.stringMatching(/^There is no schema /)])
  }
  const { err } = await into('saels.customer')
  expect(err).toContain('There is no schema saels; correct the name saels.customer, or make')
  expect(await run('select id from tallyman_job')).toEqual([])
  for (const name of ['"saels.customer"', 'Sales.customer']) {
    expect(await into(name)).toMatchObject({ code: 0 })
  }
  expect(
    await run('select id from "saels.customer" union all select id from sales.customer'),
  ).toEqual([{ id: 1 }, { id: 1 }])
})

test('a table, or a column of one that is made, has no longer a name than the server keeps', async () => {
  const { store, run, program } = await databaseWith([])
  const longest = 'é'.repeat(31)
  const into = async (name: string) => await program('import', 'so.csv', '--into', name, '--create')
  expect(await into(longest)).toMatchObject({ code: 0 })
  // The server would cut it to a table that is there.
  for (const name of [`${longest}ab`, `public.${longest}ab`]) {
    const { code, err } = await into(name)
    expect([code, err]).toEqual([
      2,
      expect.stringContaining(
        `The name ${longest}ab has 64 bytes, and PostgreSQL keeps 63 of a name at most; give a shorter one.`,
      ),
    ])
  }
  const table = {
    name: 'wide',
    columns: ['a', 'b'].map((end) => ({ name: `${'x'.repeat(63)}${end}`, type: 'text' as const })),
    primaryKey: [],
  }
  const made = store.db.transaction().execute((trx) => store.tables.create(trx, table))
  await expect(made).rejects.toMatchObject({
    problem: { problem: 'name_too_long', name: `${'x'.repeat(63)}a`, length: 64, limit: 63 },
  })
  expect(await run(`select 1 from pg_class where relname = 'wide'`)).toEqual([])
})
